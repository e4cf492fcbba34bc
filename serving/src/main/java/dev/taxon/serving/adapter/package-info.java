/**
 * A tenant's adapters, in versions that never change: published from a folder, listed, exported, read into memory.
 *
 * <p>{@link dev.taxon.serving.adapter.AdapterVersions} is the way in for jobs; which version answers is the business of
 * {@code deployment}.
 */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.adapter;
