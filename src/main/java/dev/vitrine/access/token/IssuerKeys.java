package dev.vitrine.access.token;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The keys of one issuer, as it published them last. Threads may share it.
///
/// Keys are looked for again every five minutes while tokens come, without a request waiting for it, and at once when a
/// token names a key that is not known: so an issuer can change its keys at any time. Whoever sends tokens with made-up
/// keys makes us ask at most once a second. An issuer that cannot be asked is asked again after one second, two, four,
/// up
/// to half a minute; meanwhile its last keys count, for a day.
final class IssuerKeys implements JWKSource<SecurityContext> {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration USABLE = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final long PATIENCE_SECONDS = 2;

    private final KeySource source;
    private final IssuerTrouble trouble;
    private final InstantSource clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Published last;
    private volatile Instant askAgain = Instant.MIN;
    private int failures;

    IssuerKeys(KeySource source, IssuerTrouble trouble, InstantSource clock) {
        this.source = source;
        this.trouble = trouble;
        this.clock = clock;
    }

    private record Published(JWKSet keys, Instant at) {}

    /// @throws RemoteKeySourceException if the keys asked for are not known, and the issuer cannot be asked now
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        Published known = usable();
        if (known == null) {
            return selector.select(newer(null).keys());
        }
        if (age(known).compareTo(FRESH) > 0 && !clock.instant().isBefore(askAgain)) {
            Thread.ofVirtual().name("issuer-keys").start(() -> refresh(known));
        }
        List<JWK> found = selector.select(known.keys());
        return found.isEmpty() ? selector.select(newer(known).keys()) : found;
    }

    private @Nullable Published usable() {
        Published known = last;
        return known == null || age(known).compareTo(USABLE) > 0 ? null : known;
    }

    private Duration age(Published published) {
        return Duration.between(published.at(), clock.instant());
    }

    private void refresh(Published known) {
        if (asking.tryLock()) {
            try {
                if (last == known) {
                    ask();
                }
            } catch (RemoteKeySourceException saidAlready) {
                // The last keys go on counting.
            } finally {
                asking.unlock();
            }
        }
    }

    /// What is published after `known`, or the same if the issuer was asked a moment ago.
    private Published newer(@Nullable Published known) throws RemoteKeySourceException {
        lock();
        try {
            Published now = usable();
            if (now != null && now != known) {
                return now;
            }
            if (!clock.instant().isBefore(askAgain)) {
                return ask();
            }
            if (now == null || failures > 0) {
                throw new RemoteKeySourceException("the issuer is asked again soon", null);
            }
            return now;
        } finally {
            asking.unlock();
        }
    }

    private void lock() throws RemoteKeySourceException {
        try {
            if (asking.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new RemoteKeySourceException("the issuer has not answered yet", null);
    }

    private Published ask() throws RemoteKeySourceException {
        try {
            Published published = new Published(source.fetch(), clock.instant());
            failures = 0;
            askAgain = clock.instant().plus(PAUSE);
            last = published;
            return published;
        } catch (IOException | IllegalArgumentException e) {
            Duration pause = PAUSE.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
            failures++;
            askAgain = clock.instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
            trouble.met(e);
            throw new RemoteKeySourceException("the issuer cannot be asked for its keys", e);
        }
    }
}
