package dev.vitrine.access.key;

import dev.vitrine.access.Caller;
import dev.vitrine.access.KeyShelf;
import dev.vitrine.access.VerifiedCaller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/// The keys as this process knows them. Requests ask nobody else; what is known is read again and again. While it
/// cannot
/// be, the last keys that were read count, up to a limit. Threads may share it.
final class KeyRing {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

    private final KeyShelf shelf;
    private final Duration staleLimit;
    private final InstantSource clock;
    private volatile Known known = new Known(new byte[0], Map.of(), Instant.MIN);
    private boolean troubled;

    KeyRing(KeyShelf shelf, Duration staleLimit, InstantSource clock) {
        this.shelf = shelf;
        this.staleLimit = staleLimit;
        this.clock = clock;
    }

    /// @param document that they were read from
    /// @param at when it was read last
    @SuppressWarnings("ArrayRecordComponent")
    private record Known(byte[] document, Map<String, Held> keys, Instant at) {}

    private record Held(ApiKey key, List<Hashed> secrets, VerifiedCaller caller) {

        static Held of(ApiKey key) {
            List<Hashed> secrets = key.secrets().stream().map(Hashed::of).toList();
            String client = "key-" + key.id();
            Map<String, Object> claims = new HashMap<>(key.claims());
            claims.put("sub", key.name());
            claims.put("client_id", client);
            return new Held(
                    key,
                    secrets,
                    new VerifiedCaller(new Caller(key.name(), client, key.scopes(), claims), key.expires()));
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Hashed(byte[] hash, @Nullable Instant until) {

        static Hashed of(ApiKey.Secret secret) {
            return new Hashed(HexFormat.of().parseHex(secret.hash()), secret.until());
        }

        boolean isGood(Instant now) {
            return until == null || now.isBefore(until);
        }
    }

    /// The caller whose key it is; the same object until the keys change.
    ///
    /// @throws InvalidBearerTokenException if the key is not good
    /// @throws AuthenticationServiceException if that cannot be told, because the keys could not be read for too long
    VerifiedCaller verify(String text) {
        Known now = known;
        Instant instant = clock.instant();
        if (now.at().isBefore(instant.minus(staleLimit))) {
            throw new AuthenticationServiceException("the API keys cannot be read");
        }
        KeyText presented = KeyText.parse(text);
        Held held = presented == null ? null : now.keys().get(presented.id());
        if (presented == null || held == null || !held.key().opens(instant)) {
            throw new InvalidBearerTokenException("The API key is not good");
        }
        for (Hashed secret : held.secrets()) {
            if (secret.isGood(instant) && presented.hasHash(secret.hash())) {
                return held.caller();
            }
        }
        throw new InvalidBearerTokenException("The API key is not good");
    }

    /// Reads the keys again. Where they cannot be read it says so, once, and leaves what is known.
    synchronized void refresh() {
        try {
            Instant now = clock.instant();
            Optional<byte[]> document = shelf.read();
            take(document.orElseGet(() -> new byte[0]), now);
            if (troubled) {
                troubled = false;
                LOG.info("The API keys can be read again");
            }
        } catch (RuntimeException e) {
            if (!troubled) {
                troubled = true;
                LOG.warn("The API keys cannot be read, those at hand count for {}: {}", staleLimit, e.toString());
            }
        }
    }

    private void take(byte[] document, Instant now) {
        Known before = known;
        if (Arrays.equals(before.document(), document)) {
            known = new Known(before.document(), before.keys(), now);
            return;
        }
        Map<String, Held> keys = new HashMap<>();
        for (ApiKey key : KeyDocument.read(document)) {
            keys.put(key.id(), Held.of(key));
        }
        known = new Known(document, Map.copyOf(keys), now);
    }
}
