@org.jspecify.annotations.NullMarked
package dev.taxon.serving.audit;
