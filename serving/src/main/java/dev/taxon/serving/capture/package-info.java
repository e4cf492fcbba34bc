/**
 * What is kept of answers, for tenants that chose to have it kept: settings, the writing behind answers, and the deleting
 * once it is old.
 */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.capture;
