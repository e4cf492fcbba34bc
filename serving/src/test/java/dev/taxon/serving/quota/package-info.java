/** Tests of quotas. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.quota;
