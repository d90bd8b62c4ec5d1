package dev.vitrine.access.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.vitrine.access.VerifiedCaller;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/// Verifies bearer tokens, and remembers the good ones: checking a signature costs as much as three reads. What is
/// remembered is the token's hash, so that no token can be taken from a memory dump of the cache. Threads may share it.
public final class Tokens {

    private static final long MOST_REMEMBERED = 20_000;
    private static final int LONGEST = 16 * 1024;

    /// A key that its issuer withdraws must end the tokens that were signed with it, not long after.
    private static final Duration LONGEST_REMEMBERED = Duration.ofMinutes(5);

    private final JwtDecoder decoder;
    private final TokenReader reader;
    private final InstantSource clock;
    private final Cache<ByteBuffer, VerifiedCaller> verified;

    Tokens(JwtDecoder decoder, TokenReader reader, InstantSource clock) {
        this.decoder = decoder;
        this.reader = reader;
        this.clock = clock;
        this.verified = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .expireAfter(Expiry.creating((ByteBuffer hash, VerifiedCaller caller) -> remembered(caller)))
                .build();
    }

    /// The caller of a token that is remembered; null if it is not.
    public @Nullable VerifiedCaller known(String token) {
        return token.length() > LONGEST ? null : verified.getIfPresent(hash(token));
    }

    /// The caller of a token, whether it is remembered or not; from now on it is.
    ///
    /// @throws InvalidBearerTokenException if the token is not good
    /// @throws AuthenticationServiceException if that cannot be told, because the issuer cannot be asked for its keys
    public VerifiedCaller verify(String token) {
        if (token.length() > LONGEST) {
            throw new InvalidBearerTokenException("it is longer than %d characters".formatted(LONGEST));
        }
        VerifiedCaller caller = reader.read(decode(token));
        if (remembered(caller).isPositive()) {
            verified.put(hash(token), caller);
        }
        return caller;
    }

    private Jwt decode(String token) {
        try {
            Jwt jwt = decoder.decode(token);
            if (jwt.hasClaim("cnf")) {
                throw new BadJwtException(
                        "it is bound to a key of its holder (cnf), which a bearer token cannot prove");
            }
            return jwt;
        } catch (BadJwtException e) {
            throw new InvalidBearerTokenException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            throw new AuthenticationServiceException("the token cannot be verified: " + e.getMessage(), e);
        }
    }

    private Duration remembered(VerifiedCaller caller) {
        Instant expires = caller.expires();
        Duration left = expires == null ? Duration.ZERO : Duration.between(clock.instant(), expires);
        return left.compareTo(LONGEST_REMEMBERED) < 0 ? left : LONGEST_REMEMBERED;
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
