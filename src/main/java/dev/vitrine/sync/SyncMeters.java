package dev.vitrine.sync;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus;
import dev.vitrine.store.SyncStatus.Guard;
import dev.vitrine.store.SyncStatus.Hold;
import dev.vitrine.store.SyncStatus.Load;
import dev.vitrine.store.SyncStatus.State;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// What Micrometer shows of one table in the process that moves it:
///
/// - `vitrine.sync.rows` rows handed to the store, by `kind`: upserted, deleted, unservable
/// - `vitrine.sync.looks`, `vitrine.sync.failures` looks at the table, and those that failed
/// - `vitrine.sync.version` last version served whole; absent before the first
/// - `vitrine.sync.entities` entities served
/// - `vitrine.sync.lag.commits` commits seen in Delta that are not served yet
/// - `vitrine.sync.deadletters` rows of what is served that are withheld, by `reason`
/// - `vitrine.sync.held` 1 while a `guard` holds the table
/// - `vitrine.sync.diverged` 1 while a rejected commit is missing from what is served
/// - `vitrine.sync.rebuild.rows`, `vitrine.sync.rebuild.share` of a running rebuild, 0 while there is none
/// - `vitrine.sync.freshness` age of the oldest commit not served yet in seconds, 0 if there is none; counted from the
///   last successful look while looking fails
final class SyncMeters implements AutoCloseable {

    private final StoredTable stored;
    private final StatusReports reports;
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final List<Meter> meters = new ArrayList<>();
    private static final String ROWS = "Rows of the gold table that were written to the store";

    private final Counter upserted;
    private final Counter deleted;
    private final Counter unservable;
    private final Counter looks;
    private final Counter failures;

    SyncMeters(StoredTable stored, StatusReports reports, MeterRegistry registry, InstantSource clock) {
        this.stored = stored;
        this.reports = reports;
        this.registry = registry;
        this.clock = clock;
        this.upserted = counter("rows", ROWS, Tags.of("kind", "upserted"));
        this.deleted = counter("rows", ROWS, Tags.of("kind", "deleted"));
        this.unservable = counter("rows", ROWS, Tags.of("kind", "unservable"));
        this.looks = counter("looks", "Looks at the gold table", Tags.empty());
        this.failures = counter("failures", "Looks and steps that failed", Tags.empty());
        ofCheckpoint(
                "version",
                "Last version of the gold table that is served whole",
                at -> at.revision().version());
        ofCheckpoint("generation", "Counts the loads of the table", Checkpoint::generation);
        ofCheckpoint("entities", "Entities served", Checkpoint::entities);
        ofCheckpoint("diverged", "1 while a rejected commit is missing", at -> at.divergedSince() == null ? 0 : 1);
        ofCheckpoint(
                "lag.commits",
                "Commits of the gold table that are not served yet",
                at -> Math.max(0, reports.last().latestVersion() - at.revision().version()));
        ofStatus(
                "rebuild.rows",
                "Rows that a running rebuild has loaded",
                status -> load(status).map(Load::rows).orElse(0L));
        ofStatus(
                "rebuild.share",
                "Share of a running rebuild that is done",
                status -> load(status).map(Load::shareDone).orElse(0.0));
        ofStatus(
                "rebuild.rate",
                "Rows a second of a running rebuild",
                status -> load(status).map(Load::rowsPerSecond).orElse(0.0));
        ofStatus(
                "rebuild.left",
                "Seconds that a running rebuild will take; NaN if it is too early to tell",
                status -> load(status).map(Load::secondsLeft).orElse(0.0));
        ofStatus(
                "failure.time",
                "When a look or step failed last, in seconds since 1970; NaN if none did",
                status -> status.lastFailure() == null
                        ? Double.NaN
                        : status.lastFailure().at().toEpochMilli() / 1000.0);
        gauge("moved", "1 where this process moves the table", Tags.empty(), () -> 1);
        for (State state : State.values()) {
            gauge(
                    "state",
                    "1 for the state that the table is in",
                    Tags.of("state", state.name().toLowerCase(Locale.ROOT)),
                    () -> reports.last().state() == state ? 1 : 0);
        }
        for (Guard guard : Guard.values()) {
            gauge(
                    "held",
                    "1 while a guard holds the table",
                    Tags.of("guard", guard.name().toLowerCase(Locale.ROOT)),
                    () -> held(reports.last(), guard));
        }
        for (Reason reason : Reason.values()) {
            gauge(
                    "deadletters",
                    "Rows of the gold table that cannot be served",
                    Tags.of("reason", reason.name().toLowerCase(Locale.ROOT)),
                    () -> stored.deadLettersByReason().getOrDefault(reason, 0L));
        }
        meters.add(Gauge.builder("vitrine.sync.freshness", this::freshness)
                .description("Age of the oldest commit that is not served yet")
                .baseUnit("seconds")
                .tag("table", stored.table().address())
                .register(registry));
    }

    void looked() {
        looks.increment();
    }

    void failed() {
        failures.increment();
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

    /// Another process, or nobody, moves the table from now on.
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }

    private static Optional<Load> load(SyncStatus status) {
        return Optional.ofNullable(status.load());
    }

    private static int held(SyncStatus status, Guard guard) {
        Hold hold = status.hold();
        return hold != null && hold.guard() == guard ? 1 : 0;
    }

    private double freshness() {
        Instant since = reports.last().behindSince();
        return since == null
                ? 0
                : Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1000.0);
    }

    private void ofStatus(String name, String description, ToDoubleFunction<SyncStatus> value) {
        gauge(name, description, Tags.empty(), () -> value.applyAsDouble(reports.last()));
    }

    private void ofCheckpoint(String name, String description, ToDoubleFunction<Checkpoint> value) {
        gauge(
                name,
                description,
                Tags.empty(),
                () -> stored.checkpoint().map(value::applyAsDouble).orElse(Double.NaN));
    }

    private void gauge(String name, String description, Tags tags, Supplier<Number> value) {
        meters.add(Gauge.builder("vitrine.sync." + name, value)
                .description(description)
                .tag("table", stored.table().address())
                .tags(tags)
                .register(registry));
    }

    private Counter counter(String name, String description, Tags tags) {
        Counter counter = Counter.builder("vitrine.sync." + name)
                .description(description)
                .tag("table", stored.table().address())
                .tags(tags)
                .register(registry);
        meters.add(counter);
        return counter;
    }
}
