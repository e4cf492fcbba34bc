/** What every call has in common: its id and deadline, how its body is read, and how it fails (RFC 9457). */
@NullMarked
package dev.taxon.serving.http;

import org.jspecify.annotations.NullMarked;
