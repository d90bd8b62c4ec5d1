package dev.vitrine.sync;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.DeltaSnapshot;
import dev.vitrine.delta.FeedUnavailable;
import dev.vitrine.delta.TableMissing;
import dev.vitrine.delta.TableUnreadable;
import dev.vitrine.store.Order;
import dev.vitrine.store.Order.Action;
import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus.Guard;
import dev.vitrine.store.SyncStatus.Hold;
import dev.vitrine.store.TableWriter;
import dev.vitrine.store.WriterFenced;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves one gold table into the store, step by step: does what operators ask, looks, takes the step that the look asks
/// for, and says how long to rest. A step that fails leaves what is served as it was and is tried again. One thread.
final class TableWorker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TableWorker.class);
    private static final Duration TIDIES_EVERY = Duration.ofMinutes(1);

    private final Look look;
    private final StoredTable stored;
    private final InstantSource clock;
    private final Duration lettersKept;
    private final TableOrders orders;
    private final Pace pace;
    private final StatusReports reports;
    private final SyncMeters meters;
    private final Following following;
    private final Beside beside;
    private final Rebuilds rebuilds;
    private final Replays replays;
    private Instant tidied = Instant.MIN;
    private @Nullable Refused refused;

    /// A rebuild that a guard held: it is not tried again before there is a newer version.
    ///
    /// @param ordered whether an operator had asked for it, so that what is served is followed all the same
    private record Refused(Hold hold, String tableId, boolean ordered) {}

    /// Connects both sides of a gold table; the Delta table need not exist yet.
    ///
    /// @param inForce the form of the table that readers see, which may be older than the one wanted
    /// @param token of the lease
    /// @throws WriterFenced another worker has taken over
    TableWorker(GoldTable wanted, Supplier<Optional<GoldTable>> inForce, long token, Workshop shop) {
        this.clock = shop.clock();
        this.lettersKept = shop.properties().deadLettersKept();
        this.stored = shop.store().table(wanted);
        TableWriter writer = stored.writer(token);
        this.look = new Look(shop.deltaTables().open(wanted), stored);
        this.orders = new TableOrders(wanted.address(), shop.store().orders());
        this.pace = new Pace(wanted, shop.properties());
        this.reports = new StatusReports(stored, writer, clock);
        this.meters = new SyncMeters(stored, reports, shop.registry(), clock);
        Following.Maker maker = (form, formWriter) -> new Following(
                form,
                new Increments(Guards.of(form.stored().table(), shop), shop.readAhead(), reports, meters),
                formWriter,
                orders,
                reports,
                meters);
        this.following = maker.make(look, writer);
        this.beside = new Beside(following, inForce, token, shop, maker);
        this.rebuilds = new Rebuilds(look, writer, reports, meters, shop);
        this.replays = new Replays(look, writer);
    }

    /// Somebody has placed an order, or says that there is a new commit. Any thread.
    void called() {
        orders.called();
    }

    /// Does what is to be done; returns how long to rest before the next step.
    ///
    /// @throws InterruptedException the thread was told to stop; nothing half done is visible
    /// @throws WriterFenced another worker has taken over
    Duration step() throws InterruptedException {
        try {
            orders.refresh();
            replays.carryOut(orders);
            Duration rest = rebuildIsAsked() ? take(look.rebuild("an operator asked for it")) : advance();
            orders.done(Action.ANNOUNCE, "looked");
            tidy();
            return rest;
        } catch (WriterFenced takenOver) {
            throw takenOver;
        } catch (TableMissing missing) {
            reports.stale();
            reports.waiting(message(missing));
            return pace.untilItAppears();
        } catch (TableUnreadable | FeedUnavailable | StoreFailure | RowsLost known) {
            return failed(message(known), known);
        } catch (RuntimeException | Error unexpected) {
            // An Error too: a connector that is not on the class path is one, and must not end the other tables' work.
            return failed("An unexpected failure, its stack trace is in the log: " + unexpected, unexpected);
        }
    }

    /// By an order, or by the release of one that was held.
    private boolean rebuildIsAsked() {
        Refused before = refused;
        if (before != null && before.ordered() && orders.any(Action.REJECT)) {
            orders.done(Action.REJECT, "what is served stays");
            refuse(null);
        }
        return orders.any(Action.REBUILD) || refused != null && refused.ordered() && orders.any(Action.RELEASE);
    }

    private void refuse(@Nullable Refused now) {
        refused = now;
        reports.standing(now != null && now.ordered() ? now.hold() : null);
    }

    private Duration advance() throws InterruptedException {
        return switch (following.step()) {
            case Following.Progress.UpToDate upToDate -> {
                orders.done(Action.RELEASE, "nothing is held");
                orders.done(Action.REJECT, "nothing is held");
                yield untilNextLook();
            }
            case Following.Progress.Further further -> Duration.ZERO;
            case Following.Progress.Stopped stopped -> held(stopped.hold(), stopped.latestVersion());
            case Following.Progress.Needs needs -> take(needs.step());
        };
    }

    private Duration take(Step step) throws InterruptedException {
        return switch (step) {
            case Step.Rebuild rebuild -> load(rebuild);
            case Step.Misfit misfit -> misfit(misfit);
            case Step.Nothing nothing -> {
                reports.upToDate(nothing.version());
                yield untilNextLook();
            }
            case Step.Increment increment -> throw new IllegalStateException("the feed was followed already");
        };
    }

    private Duration load(Step.Rebuild rebuild) throws InterruptedException {
        reports.stale();
        DeltaSnapshot snapshot = rebuild.snapshot();
        List<Order> releases = orders.of(Action.RELEASE);
        boolean released = !releases.isEmpty();
        Refused before = refused;
        if (before != null
                && before.tableId().equals(snapshot.tableId())
                && before.hold().version() >= snapshot.version()) {
            if (rejected(rebuild)) {
                return Duration.ZERO;
            }
            if (!released && !orders.any(Action.REBUILD)) {
                return heldBeside(before.hold(), snapshot.version());
            }
        }
        // What is followed meanwhile would take them for its own.
        orders.setAside(releases);
        return switch (rebuilds.load(rebuild, !released, beside::follow)) {
            case Rebuilds.Outcome.Postponed postponed -> {
                orders.called();
                yield Duration.ZERO;
            }
            case Rebuilds.Outcome.Held stopped -> {
                refuse(new Refused(stopped.hold(), snapshot.tableId(), orders.any(Action.REBUILD)));
                orders.done(Action.REBUILD, Held.message(stopped.hold(), stored));
                yield heldBeside(stopped.hold(), snapshot.version());
            }
            case Rebuilds.Outcome.Served served -> {
                refuse(null);
                reports.following(served.version());
                reports.withheld();
                orders.done(Action.REBUILD, "version %d is served".formatted(served.version()));
                releases.forEach(order -> orders.done(order, "version %d is served".formatted(served.version())));
                orders.done(Action.REJECT, "version %d was loaded anew".formatted(served.version()));
                // A table without a feed is loaded at each new version: at the contract's pace, not one load after the
                // other.
                if (snapshot.feedEnabled()) {
                    yield Duration.ZERO;
                }
                reports.upToDate(served.version());
                yield untilNextLook();
            }
        };
    }

    /// Goes on behind a rebuild that an operator does not want, where the feed leads on from its version.
    private boolean rejected(Step.Rebuild rebuild) {
        long version = rebuild.snapshot().version();
        if (!following.rejects(version)) {
            return false;
        }
        boolean same = stored.checkpoint()
                .filter(served -> served.tableId().equals(rebuild.snapshot().tableId())
                        && served.revision().epoch() == rebuild.epoch())
                .isPresent();
        if (!same) {
            orders.done(Action.REJECT, "another table is at the path: release it, or bring the former one back");
            return false;
        }
        replays.leaveOut(rebuild);
        refuse(null);
        orders.reached(version);
        return true;
    }

    private Duration misfit(Step.Misfit misfit) throws InterruptedException {
        orders.done(
                Action.REJECT,
                "cannot be left out: later commits have the same schema. Mend the table or the contract");
        orders.done(
                Action.RELEASE, "cannot be released: %s. Mend the table or the contract".formatted(misfit.reason()));
        orders.done(Action.REBUILD, "cannot be loaded: " + misfit.reason());
        return heldBeside(
                new Hold(Guard.SCHEMA, misfit.version(), false, misfit.reason(), clock.instant()), misfit.version());
    }

    /// Holds what was to be loaded; what is served is followed all the same where the contract's former form can.
    private Duration heldBeside(Hold hold, long latestVersion) throws InterruptedException {
        Duration rest = beside.followFormer();
        Duration retry = held(hold, latestVersion);
        return rest.compareTo(retry) < 0 ? rest : retry;
    }

    private Duration held(Hold hold, long latestVersion) {
        reports.stale();
        reports.held(hold, latestVersion);
        return pace.untilRetry();
    }

    private Duration untilNextLook() {
        Instant dataAsOf = stored.checkpoint()
                .map(served -> served.revision().commitTime())
                .orElse(Instant.EPOCH);
        return pace.untilNextLook(clock.instant(), dataAsOf);
    }

    private void tidy() {
        Instant now = clock.instant();
        if (tidied.isAfter(now.minus(TIDIES_EVERY))) {
            return;
        }
        // Letters are in the form that is served.
        beside.former().orElse(following).tidy(now.minus(lettersKept));
        tidied = now;
    }

    private Duration failed(String message, Throwable cause) {
        orders.called();
        log.debug("{}: the step failed", stored.table().address(), cause);
        meters.failed();
        reports.stale();
        reports.failed(message);
        return pace.untilRetry();
    }

    private static String message(RuntimeException exception) {
        return String.valueOf(exception.getMessage());
    }

    /// Lets go of the table's meters.
    @Override
    public void close() {
        meters.close();
    }
}
