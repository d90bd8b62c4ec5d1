package dev.vitrine.access.token;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;

/// Gives the keys that an issuer publishes now.
@FunctionalInterface
interface KeySource {

    /// Asks the issuer; called by one thread at a time.
    ///
    /// @throws IOException if it cannot be asked, or gives no keys
    JWKSet fetch() throws IOException;
}
