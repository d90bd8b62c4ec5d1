package dev.vitrine.sync;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.DeltaTables;
import dev.vitrine.delta.FeedUnavailable;
import dev.vitrine.delta.TableMissing;
import dev.vitrine.delta.TableUnreadable;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.TableWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves one gold table into the store, step by step: looks, takes the step that the look asks for, and says how long
/// to rest. A step that fails leaves what is served as it was and is tried again. One thread.
final class TableWorker {

    private static final Logger log = LoggerFactory.getLogger(TableWorker.class);

    private final StoredTable stored;
    private final Look look;
    private final Pace pace;
    private final Increments increments;
    private final Rebuilds rebuilds;
    private final StatusReports reports;
    private final SyncMeters meters;
    private final InstantSource clock;

    private TableWorker(
            Look look,
            Pace pace,
            StatusReports reports,
            Increments increments,
            Rebuilds rebuilds,
            SyncMeters meters,
            InstantSource clock) {
        this.stored = look.stored();
        this.look = look;
        this.pace = pace;
        this.reports = reports;
        this.increments = increments;
        this.rebuilds = rebuilds;
        this.meters = meters;
        this.clock = clock;
    }

    /// Connects both sides of a gold table; the Delta table need not exist yet.
    ///
    /// @param turns how many tables may be loaded at the same time
    static TableWorker open(
            GoldTable table,
            DeltaTables deltaTables,
            EntityStore store,
            SyncProperties properties,
            Semaphore turns,
            MeterRegistry registry,
            InstantSource clock) {
        StoredTable stored = store.table(table);
        TableWriter writer = stored.writer(1);
        long readAhead = properties.readAhead().toBytes();
        SyncMeters meters = new SyncMeters(stored, registry, clock);
        StatusReports reports = new StatusReports(stored, writer, clock);
        return new TableWorker(
                new Look(deltaTables.open(table), stored),
                new Pace(table, properties),
                reports,
                new Increments(writer, readAhead, reports, meters),
                new Rebuilds(stored, writer, readAhead, turns, reports, meters),
                meters,
                clock);
    }

    /// Looks once and does what is to be done; returns how long to rest before the next look.
    ///
    /// @throws InterruptedException the thread was told to stop; nothing half done is visible
    Duration step() throws InterruptedException {
        try {
            return take(look.next());
        } catch (TableMissing missing) {
            meters.stale();
            reports.waiting(message(missing));
            return pace.untilItAppears();
        } catch (TableUnreadable | StoreFailure | RowsLost known) {
            return failed(message(known), known);
        } catch (RuntimeException | Error unexpected) {
            // An Error too: a connector that is not on the class path is one, and must not end the other tables' work.
            return failed("An unexpected failure, its stack trace is in the log: " + unexpected, unexpected);
        }
    }

    private Duration take(Step step) throws InterruptedException {
        return switch (step) {
            case Step.Nothing nothing -> rest(nothing.version());
            case Step.Increment increment -> follow(increment);
            case Step.Rebuild rebuild -> load(rebuild);
            case Step.Hold hold -> hold(hold);
        };
    }

    private Duration rest(long version) {
        meters.upToDate(version);
        reports.following(version);
        return pace.untilNextLook(clock.instant());
    }

    private Duration follow(Step.Increment increment) throws InterruptedException {
        Optional<FeedPart.Begin> misfit;
        try {
            misfit = increments.apply(increment);
        } catch (FeedUnavailable unavailable) {
            return take(past(message(unavailable)));
        }
        return misfit.isEmpty() ? Duration.ZERO : take(past(misfit.get().obstacle()));
    }

    private Step past(String obstacle) {
        return look.past(stored.checkpoint().orElseThrow(), obstacle);
    }

    private Duration load(Step.Rebuild rebuild) throws InterruptedException {
        meters.stale();
        meters.seen(rebuild.snapshot().version());
        if (!rebuilds.load(rebuild)) {
            return Duration.ZERO;
        }
        meters.upToDate(rebuild.snapshot().version());
        // A table without a feed is loaded at each new version: at the contract's pace, not one load after the other.
        return rebuild.snapshot().feedEnabled()
                ? Duration.ZERO
                : rest(rebuild.snapshot().version());
    }

    private Duration hold(Step.Hold hold) {
        meters.stale();
        meters.seen(hold.version());
        reports.held(
                "Version %d cannot be served by the contract: %s. What was served before stays; mend the table or the contract"
                        .formatted(hold.version(), String.join("; ", hold.misfits())),
                hold.version());
        return pace.untilRetry();
    }

    private Duration failed(String message, Throwable cause) {
        log.debug("{}: the step failed", stored.table().address(), cause);
        meters.stale();
        reports.failed(message);
        return pace.untilRetry();
    }

    private static String message(RuntimeException exception) {
        return String.valueOf(exception.getMessage());
    }
}
