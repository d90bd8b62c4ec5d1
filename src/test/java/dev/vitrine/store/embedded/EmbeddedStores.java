package dev.vitrine.store.embedded;

import dev.vitrine.store.EntityStore;
import java.nio.file.Path;
import java.time.Clock;

/// Opens embedded stores for the tests of other packages.
public final class EmbeddedStores {

    private EmbeddedStores() {}

    /// The store below a folder, as the application opens it.
    public static EntityStore open(Path folder) {
        return new EmbeddedStore(folder, Clock.systemUTC());
    }
}
