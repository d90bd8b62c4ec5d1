package dev.vitrine.access.token;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An issuer cannot be asked for its keys. Anybody brings this about with any text shaped like a token, so it is said
/// in
/// one line and seldom. Threads may share it.
final class IssuerTrouble {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerTrouble.class);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final String issuer;
    private final InstantSource clock;
    private final AtomicReference<Instant> sayAgain = new AtomicReference<>(Instant.MIN);

    /// @param issuer as people know it
    IssuerTrouble(String issuer, InstantSource clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /// Takes note that the issuer was asked in vain.
    void met(Exception failure) {
        Instant now = clock.instant();
        Instant due = sayAgain.get();
        if (!now.isBefore(due) && sayAgain.compareAndSet(due, now.plus(SILENCE))) {
            LOG.warn(
                    "The keys of the issuer {} cannot be read, is it up, reachable from here and its address right? {}",
                    issuer,
                    causes(failure));
        }
        LOG.debug("The keys of the issuer {} cannot be read", issuer, failure);
    }

    private static String causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .map(cause -> String.valueOf(cause.getMessage()).replaceAll("\\s+", " "))
                .distinct()
                .collect(Collectors.joining(": "));
    }
}
