package dev.vitrine.access.key;

import dev.vitrine.access.KeyShelf;
import dev.vitrine.access.VerifiedCaller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes API keys and ends them, and recognises them. What one process changes the others know after
/// `vitrine.keys.refresh`. Threads may share it.
public final class ApiKeys implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);

    /// The document is read as a whole, again and again.
    private static final int MOST = 1_000;

    /// Some stores keep no more than twice that in one value.
    private static final int MOST_BYTES = 1_000_000;

    /// How long a key that opens nothing any more can still be seen.
    private static final Duration SHOWN = Duration.ofDays(30);

    private final KeyShelf shelf;
    private final KeyProperties properties;
    private final InstantSource clock;
    private final KeyRing ring;
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("api-keys").factory());

    ApiKeys(KeyShelf shelf, KeyProperties properties, InstantSource clock) {
        this.shelf = shelf;
        this.properties = properties;
        this.clock = clock;
        this.ring = new KeyRing(shelf, properties.staleLimit(), clock);
        ring.refresh();
        long millis = properties.refresh().toMillis();
        reader.scheduleWithFixedDelay(ring::refresh, millis, millis, TimeUnit.MILLISECONDS);
    }

    /// The header that carries keys.
    public String header() {
        return properties.header();
    }

    /// The caller of a key.
    ///
    /// @throws InvalidBearerTokenException if the key is not good
    /// @throws AuthenticationServiceException if that cannot be told now
    public VerifiedCaller verify(String text) {
        return ring.verify(text);
    }

    /// All keys, also those that ended lately.
    List<ApiKey> all() {
        return shelf.read().map(KeyDocument::read).orElse(List.of());
    }

    /// A key with its text, which nobody can be told again.
    record Made(ApiKey key, KeyText text) {}

    /// Makes a key.
    ///
    /// @param expires null: after `vitrine.keys.life`
    /// @throws TooManyKeys if there are a thousand, or no more can be kept
    Made make(
            String name,
            SortedSet<String> scopes,
            SortedMap<String, String> claims,
            @Nullable Instant expires,
            String by) {
        Instant now = clock.instant();
        KeyText text = KeyText.made();
        ApiKey key = new ApiKey(
                text.id(),
                name,
                scopes,
                claims,
                now,
                by,
                expires == null ? now.plus(properties.life()) : expires,
                List.of(new ApiKey.Secret(text.hash(), now, null)),
                null);
        change(keys -> {
            if (keys.size() >= MOST) {
                throw new TooManyKeys(MOST);
            }
            keys.add(key);
            return keys;
        });
        LOG.info("{} made the API key {} for {}, with {}, until {}", by, key.id(), name, scopes, key.expires());
        return new Made(key, text);
    }

    /// Makes a further secret of a key that is good; those before end after a while.
    ///
    /// @param overlap how long they are good; null: `vitrine.keys.overlap`
    /// @throws TooManySecrets if one of them would have to end sooner than was said
    /// @throws TooManyKeys if no more can be kept
    Optional<Made> rotate(String id, @Nullable Duration overlap, String by) {
        Instant now = clock.instant();
        KeyText text = KeyText.next(id);
        ApiKey.Secret secret = new ApiKey.Secret(text.hash(), now, null);
        Instant until = now.plus(overlap == null ? properties.overlap() : overlap);
        Optional<ApiKey> rotated = one(id, key -> key.rotated(secret, until, now));
        rotated.ifPresent(
                key -> LOG.info("{} made a new secret of the API key {}, those before end {}", by, id, until));
        return rotated.map(key -> new Made(key, text));
    }

    /// Lets a key that is good open something else; null: as before.
    ///
    /// @throws TooManyKeys if no more can be kept
    Optional<ApiKey> change(
            String id,
            @Nullable SortedSet<String> scopes,
            @Nullable Map<String, String> claims,
            @Nullable Instant expires,
            String by) {
        Optional<ApiKey> changed = one(id, key -> key.changed(scopes, claims, expires));
        changed.ifPresent(
                key -> LOG.info("{} changed the API key {}: {}, until {}", by, id, key.scopes(), key.expires()));
        return changed;
    }

    /// Ends a key, everywhere.
    Optional<ApiKey> revoke(String id, String by) {
        Optional<ApiKey> revoked = one(id, key -> key.revoked(clock.instant()));
        revoked.ifPresent(key -> LOG.info("{} revoked the API key {} of {}", by, id, key.name()));
        return revoked;
    }

    private Optional<ApiKey> one(String id, UnaryOperator<ApiKey> change) {
        AtomicReference<@Nullable ApiKey> changed = new AtomicReference<>();
        change(keys -> {
            changed.set(null);
            keys.replaceAll(key -> {
                if (!key.id().equals(id) || !key.opens(clock.instant())) {
                    return key;
                }
                ApiKey next = change.apply(key);
                changed.set(next);
                return next;
            });
            return keys;
        });
        return Optional.ofNullable(changed.get());
    }

    private void change(UnaryOperator<List<ApiKey>> change) {
        Instant shown = clock.instant().minus(SHOWN);
        shelf.change(document -> {
            List<ApiKey> keys = new ArrayList<>(KeyDocument.read(document.orElseGet(() -> new byte[0])));
            keys.removeIf(key -> {
                Instant revoked = key.revoked();
                return key.expires().isBefore(shown) || revoked != null && revoked.isBefore(shown);
            });
            byte[] changed = KeyDocument.of(change.apply(keys));
            if (changed.length > MOST_BYTES
                    && changed.length > document.map(before -> before.length).orElse(0)) {
                throw new TooManyKeys();
            }
            return changed;
        });
        ring.refresh();
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
