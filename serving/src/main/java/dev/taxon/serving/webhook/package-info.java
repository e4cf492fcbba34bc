/**
 * Tells tenants of what happened, at addresses of their own choosing: signed, retried for a day, and never within this
 * network.
 */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.webhook;
