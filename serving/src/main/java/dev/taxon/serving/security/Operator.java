package dev.taxon.serving.security;

import java.security.Principal;

/** One who runs the server, and is no tenant. */
public record Operator(String keyId) implements Principal {
    /** The one role of operators; no scope of a tenant's key has its name. */
    public static final String ROLE = "operator";

    @Override
    public String getName() {
        return keyId;
    }
}
