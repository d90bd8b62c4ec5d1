package dev.vitrine;

import dev.vitrine.access.KeyShelf;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Lease;
import dev.vitrine.store.StoreFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/// Keeps API keys as a setting of the store, so that all processes have the same. A lease keeps two of them from
/// changing
/// it at once.
@Component
final class KeysInStore implements KeyShelf {

    private static final String NAME = "api-keys";
    private static final Duration TERM = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 100;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final EntityStore store;

    KeysInStore(EntityStore store) {
        this.store = store;
    }

    @Override
    public Optional<byte[]> read() {
        return store.setting(NAME);
    }

    @Override
    public void change(Function<Optional<byte[]>, byte[]> change) {
        Lease lease = lease();
        try {
            byte[] changed = change.apply(read());
            if (store.leases().renew(lease, TERM).isEmpty()) {
                throw new StoreFailure(
                        "the API keys were not changed: that took so long that somebody else does; try again");
            }
            store.putSetting(NAME, changed);
        } finally {
            store.leases().release(lease);
        }
    }

    private Lease lease() {
        String holder = UUID.randomUUID().toString();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Lease> lease = store.leases().acquire(NAME, holder, TERM);
            if (lease.isPresent()) {
                return lease.get();
            }
            pause();
        }
        throw new StoreFailure("the API keys are being changed by another process; try again");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailure("the API keys were not changed: this process stops");
        }
    }
}
