package dev.vitrine.sync;

import dev.vitrine.delta.ChangeFeed;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.TableWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Applies the commits of a change feed, in order. Small commits are published together; each becomes visible whole or
/// not at all.
final class Increments {

    private static final int COMMITS_TOGETHER = 100;
    private static final long ROWS_TOGETHER = 10_000;

    private final TableWriter table;
    private final long readAhead;
    private final StatusReports reports;
    private final SyncMeters meters;
    private boolean failedBefore;

    /// @param readAhead bytes that may lie between reading and writing
    Increments(TableWriter table, long readAhead, StatusReports reports, SyncMeters meters) {
        this.table = table;
        this.readAhead = readAhead;
        this.reports = reports;
        this.meters = meters;
    }

    /// Applies the feed to its end, or up to the first commit that the contract cannot serve, which is returned.
    Optional<FeedPart.Begin> apply(Step.Increment increment) throws InterruptedException {
        // After a failure every commit is published by itself, so that those before the bad one are served.
        int together = failedBefore ? 1 : COMMITS_TOGETHER;
        failedBefore = true;
        ChangeFeed feed = increment.feed();
        long epoch = increment.from().revision().epoch();
        long latest = feed.latestVersion();
        meters.seen(latest);
        try (ReadAhead<FeedPart> parts = new ReadAhead<>(
                Thread.currentThread().getName() + "-read",
                taken -> FeedPart.read(feed, taken),
                FeedPart::weight,
                readAhead)) {
            FeedPart stoppedAt;
            do {
                stoppedAt = applyTogether(parts, epoch, together, latest);
            } while (stoppedAt instanceof FeedPart.End);
            failedBefore = false;
            return stoppedAt instanceof FeedPart.Begin misfit ? Optional.of(misfit) : Optional.empty();
        }
    }

    /// Applies and publishes some commits.
    ///
    /// @return the part it stopped at: an end, after which there may be more; a beginning that has misfits; null at the
    /// end of the feed
    private @Nullable FeedPart applyTogether(ReadAhead<FeedPart> parts, long epoch, int together, long latest)
            throws InterruptedException {
        try (ChangeWriter writer = table.changes()) {
            FeedPart.End complete = null;
            int commits = 0;
            long rows = 0;
            while (true) {
                switch (parts.next().orElse(null)) {
                    case null -> {
                        publish(writer, epoch, complete, latest);
                        return null;
                    }
                    case FeedPart.Begin begin -> {
                        if (!begin.misfits().isEmpty()) {
                            publish(writer, epoch, complete, latest);
                            return begin;
                        }
                        writer.begin(new Revision(epoch, begin.version(), begin.commitTime()));
                        if (complete == null) {
                            meters.behindSince(begin.commitTime());
                        }
                    }
                    case FeedPart.Changes changes -> {
                        writer.apply(changes.rows());
                        rows += changes.rows().size();
                        meters.wrote(changes.rows());
                    }
                    case FeedPart.End end -> {
                        writer.end();
                        complete = end;
                        commits++;
                        if (commits >= together || rows >= ROWS_TOGETHER) {
                            publish(writer, epoch, complete, latest);
                            return end;
                        }
                    }
                }
            }
        }
    }

    private void publish(ChangeWriter writer, long epoch, FeedPart.@Nullable End complete, long latest) {
        if (complete != null) {
            writer.publish(new Revision(epoch, complete.version(), complete.commitTime()), complete.commitFile());
            meters.served(complete.version());
            reports.following(latest);
            reports.withheld();
        }
    }
}
