@org.jspecify.annotations.NullMarked
package dev.taxon.cli.evaluate;
