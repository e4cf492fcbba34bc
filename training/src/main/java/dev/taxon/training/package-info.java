@org.jspecify.annotations.NullMarked
package dev.taxon.training;
