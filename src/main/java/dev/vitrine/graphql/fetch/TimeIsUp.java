package dev.vitrine.graphql.fetch;

import java.time.Duration;

/// The request has taken so long already that nothing more is read for it.
public final class TimeIsUp extends RuntimeException {
    TimeIsUp(Duration patience) {
        super("the request took longer than %d ms: ask for less at once".formatted(patience.toMillis()));
    }
}
