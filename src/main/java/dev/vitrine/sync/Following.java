package dev.vitrine.sync;

import dev.vitrine.delta.FeedUnavailable;
import dev.vitrine.store.Order.Action;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus.Hold;
import dev.vitrine.store.TableWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Keeps the served generation of a table up to date with the feed, as one form of the contract wants it, as far as
/// the feed leads and the guards allow. One thread.
final class Following {

    private final Look look;
    private final Increments increments;
    private final TableWriter writer;
    private final TableOrders orders;
    private final StatusReports reports;
    private final SyncMeters meters;
    private @Nullable Hold held;

    Following(
            Look look,
            Increments increments,
            TableWriter writer,
            TableOrders orders,
            StatusReports reports,
            SyncMeters meters) {
        this.look = look;
        this.increments = increments;
        this.writer = writer;
        this.orders = orders;
        this.reports = reports;
        this.meters = meters;
    }

    /// Makes one for a form of the contract.
    interface Maker {

        Following make(Look look, TableWriter writer);
    }

    /// What it keeps up to date.
    StoredTable stored() {
        return look.stored();
    }

    /// Where following has come to.
    sealed interface Progress {

        /// The newest version is served.
        record UpToDate(long version) implements Progress {}

        /// Something was applied, and more may follow at once.
        record Further() implements Progress {}

        /// A guard holds a commit.
        record Stopped(Hold hold, long latestVersion) implements Progress {}

        /// The feed does not lead on.
        record Needs(Step step) implements Progress {}
    }

    /// Looks, and applies what is new.
    Progress step() throws InterruptedException {
        Step next = look.next();
        meters.looked();
        return switch (next) {
            case Step.Nothing nothing -> upToDate(nothing.version());
            case Step.Increment increment -> apply(increment);
            case Step.Rebuild rebuild -> new Progress.Needs(rebuild);
            case Step.Misfit misfit -> new Progress.Needs(misfit);
        };
    }

    private Progress upToDate(long version) {
        held = null;
        orders.reached(version);
        reports.upToDate(version);
        return new Progress.UpToDate(version);
    }

    private Progress apply(Step.Increment increment) throws InterruptedException {
        long latest = increment.feed().latestVersion();
        reports.seen(latest);
        Decisions decisions = orders.decisions();
        Hold known = held;
        boolean ahead =
                known != null && known.version() > increment.from().revision().version();
        if (known != null && ahead && !decisions.releases(known.version()) && !decisions.rejects(known.version())) {
            increment.feed().close();
            return new Progress.Stopped(known, latest);
        }
        Increments.Target target =
                new Increments.Target(writer::changes, decisions, version -> published(version, latest));
        Increments.Applied applied;
        try {
            applied = increments.apply(increment, target);
        } catch (FeedUnavailable broken) {
            return past(String.valueOf(broken.getMessage()));
        }
        return switch (applied) {
            case Increments.Applied.Whole whole -> {
                held = null;
                yield new Progress.Further();
            }
            case Increments.Applied.Part part -> new Progress.Further();
            case Increments.Applied.Held stopped -> {
                held = stopped.hold();
                yield new Progress.Stopped(stopped.hold(), latest);
            }
            case Increments.Applied.Misfit misfit ->
                new Progress.Needs(look.past(look.stored().checkpoint().orElseThrow(), misfit.commit()));
        };
    }

    private Progress past(String obstacle) {
        return new Progress.Needs(look.past(look.stored().checkpoint().orElseThrow(), obstacle));
    }

    private void published(long version, long latest) {
        orders.reached(version);
        reports.following(latest);
        reports.withheld();
    }

    /// See [TableWriter#tidy].
    void tidy(Instant lettersBefore) {
        writer.tidy(lettersBefore);
    }

    /// Takes a rebuild for held before it is begun: whether an operator has rejected it.
    boolean rejects(long version) {
        return orders.of(Action.REJECT).stream()
                .anyMatch(order -> order.version() != null && order.version() == version);
    }
}
