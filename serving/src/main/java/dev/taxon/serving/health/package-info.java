/** What a node says of itself to those who send it calls. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.health;
