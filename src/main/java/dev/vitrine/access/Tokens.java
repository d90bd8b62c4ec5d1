package dev.vitrine.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/// Verifies bearer tokens, and remembers the good ones until they expire: checking a signature costs as much as three
/// reads. What is remembered is the token's hash, so that no token can be taken from a memory dump of the cache.
final class Tokens implements AuthenticationManager {

    private static final long MOST_REMEMBERED = 20_000;

    private final JwtDecoder decoder;
    private final IssuerTrouble trouble;
    private final Cache<ByteBuffer, VerifiedCaller> verified = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfter(Expiry.creating((ByteBuffer hash, VerifiedCaller caller) -> timeLeft(caller)))
            .build();

    Tokens(JwtDecoder decoder, InstantSource clock) {
        this.decoder = decoder;
        this.trouble = new IssuerTrouble(clock);
    }

    /// @throws InvalidBearerTokenException if the token is not good
    /// @throws AuthenticationServiceException if that cannot be told, because the issuer cannot be asked for its keys
    @Override
    public Authentication authenticate(Authentication request) {
        String token = ((BearerTokenAuthenticationToken) request).getToken();
        ByteBuffer hash = hash(token);
        VerifiedCaller known = verified.getIfPresent(hash);
        if (known != null) {
            return known;
        }
        VerifiedCaller caller = VerifiedCaller.of(decode(token));
        if (timeLeft(caller).isPositive()) {
            verified.put(hash, caller);
        }
        return caller;
    }

    private Jwt decode(String token) {
        trouble.requirePauseOver();
        try {
            Jwt jwt = decoder.decode(token);
            trouble.over();
            if (jwt.hasClaim("cnf")) {
                throw new BadJwtException(
                        "it is bound to a key of its holder (cnf), which a bearer token cannot prove");
            }
            return jwt;
        } catch (BadJwtException e) {
            throw new InvalidBearerTokenException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            throw trouble.met(e);
        }
    }

    /// Nothing for a token without an end: it is verified each time, so that a withdrawn key ends it.
    private static Duration timeLeft(VerifiedCaller caller) {
        Instant expires = caller.expires();
        return expires == null ? Duration.ZERO : Duration.between(Instant.now(), expires);
    }

    private static ByteBuffer hash(String token) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return ByteBuffer.wrap(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
