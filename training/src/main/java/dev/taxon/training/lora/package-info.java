/**
 * LoRA (arXiv 2106.09685): labelled examples in, a calibrated adapter out. {@link dev.taxon.training.lora.LoraTraining} is
 * the way in.
 */
@NullMarked
package dev.taxon.training.lora;

import org.jspecify.annotations.NullMarked;
