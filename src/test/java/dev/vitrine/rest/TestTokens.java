package dev.vitrine.rest;

import dev.vitrine.TokenSigner;
import java.time.Instant;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/// Tokens signed by a key that only the tests know.
final class TestTokens {

    private static final TokenSigner SIGNER = new TokenSigner();

    private TestTokens() {}

    static JwtDecoder decoder() {
        return NimbusJwtDecoder.withPublicKey(SIGNER.publicKey()).build();
    }

    /// A token with these scopes, separated by spaces.
    static String of(String scopes) {
        return of(scopes, Instant.now().plusSeconds(600));
    }

    static String named(String subject, String scopes) {
        return SIGNER.sign(subject, scopes, Instant.now().plusSeconds(600));
    }

    static String of(String scopes, Instant expires) {
        return SIGNER.sign(scopes, expires);
    }
}
