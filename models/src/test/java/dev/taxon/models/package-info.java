@org.jspecify.annotations.NullMarked
package dev.taxon.models;
