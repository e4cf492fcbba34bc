/** Tests of webhooks. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.webhook;
