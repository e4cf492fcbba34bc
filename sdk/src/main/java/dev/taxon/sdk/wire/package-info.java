/**
 * The wire contract: one record per JSON object, one enum per closed set of words.
 *
 * <p>The records define the shape and nothing more. What a request may hold together, and the place to name when it
 * may not, is the server's to say. Everything here is immutable and safe to share between threads.
 */
@NullMarked
package dev.taxon.sdk.wire;

import org.jspecify.annotations.NullMarked;
