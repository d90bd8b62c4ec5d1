package dev.vitrine.store.embedded;

import dev.vitrine.store.EntityStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/// Opens embedded stores for the tests of other packages.
public final class EmbeddedStores {

    private EmbeddedStores() {}

    /// The store below a folder, as the application opens it.
    public static EntityStore open(Path folder) {
        return open(folder, Clock.systemUTC());
    }

    /// The store below a folder, by another clock; a load keeps what it is told to at once, not every second.
    public static EntityStore open(Path folder, Clock clock) {
        return new EmbeddedStore(folder, clock, Duration.ZERO);
    }
}
