package dev.vitrine.sync;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.StoredTable;
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
/// keep the others away. Once up, always up: what goes wrong later is not mended by taking this process out of service.
/// A
/// process without the role `serve` has nobody to wait for it.
///
/// So a new version whose contract needs a column more takes over only when the table was loaded again; until then the
/// processes before it go on serving.
@Component("caughtUp")
final class CaughtUp implements HealthIndicator {

    static final Status LOADING = new Status("LOADING", "Tables are being loaded that nobody could read yet");

    private final Contracts contracts;
    private final Predicate<GoldTable> awaited;
    private volatile boolean once;

    @Autowired
    CaughtUp(Contracts contracts, EntityStore store, @Value("${vitrine.roles:}") List<String> roles) {
        this(contracts, table -> awaited(store, table));
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

    private static boolean awaited(EntityStore store, GoldTable table) {
        try {
            StoredTable stored = store.table(table);
            return !stored.coversLayout()
                    && switch (stored.status().state()) {
                        case UNKNOWN, REBUILDING, FOLLOWING -> true;
                        case WAITING, HELD, FAILED -> false;
                    };
        } catch (StoreFailure unreachable) {
            return true;
        }
    }
}
