package dev.vitrine.access;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/// Tells who sent the request that is being answered.
public final class Callers {

    private Callers() {}

    /// The caller of the current request.
    ///
    /// @throws IllegalStateException outside a request, or in one that needs no token
    public static Caller current() {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof Authentication known
                && known.getPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("nobody is known to ask: this address can be read without a token");
    }
}
