package dev.vitrine.store.embedded;

import dev.vitrine.store.EntityStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/// Opens embedded stores for the tests of other packages.
public final class EmbeddedStores {

    private EmbeddedStores() {}

    /// The store below a folder; a load keeps what it is told to at once, so that little is lost by a kill.
    public static EntityStore open(Path folder) {
        return open(folder, Clock.systemUTC());
    }

    /// The store below a folder, as the application opens it: a load keeps what it is told to about every second.
    public static EntityStore openInApplication(Path folder) {
        return new EmbeddedStore(folder, Clock.systemUTC());
    }

    /// The same by another clock.
    public static EntityStore open(Path folder, Clock clock) {
        return new EmbeddedStore(folder, clock, Duration.ZERO);
    }
}
