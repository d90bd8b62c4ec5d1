package dev.vitrine.sync;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.store.StoredTable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Micrometer shows of one table:
///
/// - `vitrine.sync.rows` rows written, by `kind`: upserted, deleted, unservable
/// - `vitrine.sync.version` last version served whole; absent before the first
/// - `vitrine.sync.lag.commits` commits seen in Delta that are not served yet
/// - `vitrine.sync.deadletters` rows of what is served that are withheld
/// - `vitrine.sync.freshness` age of the oldest commit not served yet in seconds, 0 if there is none; counted from the
///   last successful look while looking fails
final class SyncMeters {

    private final InstantSource clock;
    private final Counter upserted;
    private final Counter deleted;
    private final Counter unservable;
    private volatile long served = -1;
    private volatile long latest = -1;
    private volatile @Nullable Instant staleSince;
    private volatile @Nullable Instant lastLook;

    SyncMeters(StoredTable stored, MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        String address = stored.table().address();
        this.upserted = rows(address, "upserted", registry);
        this.deleted = rows(address, "deleted", registry);
        this.unservable = rows(address, "unservable", registry);
        Gauge.builder("vitrine.sync.version", () -> served < 0 ? Double.NaN : served)
                .description("Last version of the gold table that is served whole")
                .tag("table", address)
                .register(registry);
        Gauge.builder("vitrine.sync.lag.commits", () -> Math.max(0, latest - served))
                .description("Commits of the gold table that are not served yet")
                .tag("table", address)
                .register(registry);
        Gauge.builder("vitrine.sync.deadletters", stored::deadLetterCount)
                .description("Rows of the gold table that cannot be served")
                .tag("table", address)
                .register(registry);
        Gauge.builder("vitrine.sync.freshness", this::freshness)
                .description("Age of the oldest commit that is not served yet")
                .baseUnit("seconds")
                .tag("table", address)
                .register(registry);
    }

    /// A look found everything up to this version served.
    void upToDate(long version) {
        latest = version;
        served = version;
        lastLook = clock.instant();
        staleSince = null;
    }

    /// A commit, the oldest that is not served, is about to be applied.
    void behindSince(Instant commitTime) {
        staleSince = commitTime;
    }

    /// Looking fails, or newer versions are there of which the oldest is not known.
    void stale() {
        if (staleSince == null) {
            staleSince = lastLook;
        }
    }

    /// This version is the newest one in Delta.
    void seen(long version) {
        latest = version;
    }

    /// Everything up to this version is served.
    void served(long version) {
        served = version;
    }

    /// Rows were handed to the store.
    void wrote(List<EntityChange> rows) {
        long deletes = 0;
        long refused = 0;
        for (EntityChange row : rows) {
            switch (row) {
                case Upserted upsert -> {}
                case Deleted delete -> deletes++;
                case Unservable letter -> refused++;
            }
        }
        upserted.increment(rows.size() - deletes - refused);
        deleted.increment(deletes);
        unservable.increment(refused);
    }

    private double freshness() {
        Instant since = staleSince;
        return since == null
                ? 0
                : Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1000.0);
    }

    private static Counter rows(String address, String kind, MeterRegistry registry) {
        return Counter.builder("vitrine.sync.rows")
                .description("Rows of the gold table that were written to the store")
                .tag("table", address)
                .tag("kind", kind)
                .register(registry);
    }
}
