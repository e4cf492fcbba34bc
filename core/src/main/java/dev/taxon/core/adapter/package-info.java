/** Low-rank adapters: what a folder of PEFT says, checked against the model that it is to change. */
@org.jspecify.annotations.NullMarked
package dev.taxon.core.adapter;
