package dev.vitrine.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationServiceException;

/// The issuer cannot be asked for its keys. Anybody brings this about with any text shaped like a token, so it is said
/// in one line and seldom, and the issuer is left in peace for a while.
final class IssuerTrouble {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerTrouble.class);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final AtomicReference<Instant> sayAgain = new AtomicReference<>(Instant.MIN);
    private volatile Instant askAgain = Instant.MIN;
    private volatile boolean keysKnown;

    IssuerTrouble(InstantSource clock) {
        this.clock = clock;
    }

    /// A token was verified, so keys are at hand. They may verify the next one while the issuer is away: no pause then.
    void over() {
        keysKnown = true;
    }

    /// @throws AuthenticationServiceException if the issuer was asked in vain a moment ago
    void requirePauseOver() {
        if (!keysKnown && clock.instant().isBefore(askAgain)) {
            throw new AuthenticationServiceException("the token cannot be verified: the issuer is asked again soon");
        }
    }

    /// Takes note that the issuer was asked in vain.
    AuthenticationServiceException met(RuntimeException failure) {
        Instant now = clock.instant();
        askAgain = now.plus(PAUSE);
        Instant due = sayAgain.get();
        if (!now.isBefore(due) && sayAgain.compareAndSet(due, now.plus(SILENCE))) {
            LOG.warn(
                    "Tokens cannot be verified, is the issuer up, reachable from here and its address right? {}",
                    causes(failure));
        }
        LOG.debug("A token could not be verified", failure);
        return new AuthenticationServiceException("the token cannot be verified: " + failure.getMessage(), failure);
    }

    private static String causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .map(cause -> String.valueOf(cause.getMessage()).replaceAll("\\s+", " "))
                .distinct()
                .collect(Collectors.joining(": "));
    }
}
