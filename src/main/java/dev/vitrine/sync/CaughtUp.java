package dev.vitrine.sync;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus;
import dev.vitrine.store.SyncStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/// `caughtUp` in the readiness group: `LOADING` until every table could be read once, as the contracts want it now.
///
/// A table that cannot be loaded (missing, held, failing) is waited for no longer: it answers 503 itself, and must not
/// keep the others away. What was said of it before this process started counts after a minute: a worker that has just
/// started too may mend it. Once up, always up: what goes wrong later is not mended by taking this process out of
/// service. A process without the role `serve` has nobody to wait for it.
///
/// So a new version whose contract needs a column more takes over only when the table was loaded again; until then the
/// processes before it go on serving.
@Component("caughtUp")
final class CaughtUp implements HealthIndicator {

    static final Status LOADING = new Status("LOADING", "Tables are being loaded that nobody could read yet");

    private static final Duration OLD_NEWS = Duration.ofMinutes(1);

    private final Contracts contracts;
    private final Predicate<GoldTable> awaited;
    private volatile boolean once;

    @Autowired
    CaughtUp(Contracts contracts, EntityStore store, @Value("${vitrine.roles:}") List<String> roles) {
        this(contracts, awaited(store, Instant.now(), InstantSource.system()));
        this.once = !roles.isEmpty() && !roles.contains("serve");
    }

    CaughtUp(Contracts contracts, Predicate<GoldTable> awaited) {
        this.contracts = contracts;
        this.awaited = awaited;
    }

    @Override
    public Health health() {
        if (once) {
            return Health.up().build();
        }
        List<String> loading = contracts.tables().stream()
                .filter(awaited)
                .map(GoldTable::address)
                .toList();
        once = loading.isEmpty();
        return once
                ? Health.up().build()
                : Health.status(LOADING).withDetail("tables", loading).build();
    }

    /// Whether a table that is not served yet, with the worker's last word on it, is still waited for.
    static boolean awaited(State state, Instant said, Instant start, Instant now) {
        return switch (state) {
            case UNKNOWN, REBUILDING, FOLLOWING -> true;
            case WAITING, HELD, FAILED -> said.isBefore(start) && now.isBefore(start.plus(OLD_NEWS));
        };
    }

    private static Predicate<GoldTable> awaited(EntityStore store, Instant start, InstantSource clock) {
        return table -> {
            try {
                StoredTable stored = store.table(table);
                SyncStatus status = stored.status();
                return !stored.coversLayout() && awaited(status.state(), status.at(), start, clock.instant());
            } catch (StoreFailure unreachable) {
                return true;
            }
        };
    }
}
