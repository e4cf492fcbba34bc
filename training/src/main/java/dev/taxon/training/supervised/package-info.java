/** LoRA (arXiv 2106.09685) from labelled examples: what is seen at each step, for how long, and by which rows it is judged. */
@NullMarked
package dev.taxon.training.supervised;

import org.jspecify.annotations.NullMarked;
