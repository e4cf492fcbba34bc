@org.jspecify.annotations.NullMarked
package dev.taxon.core.batch;
