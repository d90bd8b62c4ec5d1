package dev.vitrine.contract.odcs;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/// What the store keeps, as it was written last: another process may have seen an edit of the contracts before this
/// one, and had the tables loaded for it. Looked at no more often than every fifth of a second. Threads may share it.
final class KeptElsewhere {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Storage storage;
    private final Path folder;
    private final Environment environment;
    private final InstantSource clock;
    private Instant lookAgain = Instant.MIN;
    private byte[] kept = {};
    private Forms forms = Forms.none();

    KeptElsewhere(Storage storage, Path folder, Environment environment, InstantSource clock) {
        this.storage = storage;
        this.folder = folder;
        this.environment = environment;
        this.clock = clock;
    }

    synchronized Forms forms() {
        Instant now = clock.instant();
        if (!now.isBefore(lookAgain)) {
            lookAgain = now.plus(BETWEEN_LOOKS);
            byte[] latest = storage.kept().orElse(kept);
            if (!Arrays.equals(latest, kept)) {
                forms = KeptForms.read(latest, folder, environment).orElse(Forms.none());
                kept = latest;
            }
        }
        return forms;
    }
}
