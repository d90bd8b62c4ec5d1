package dev.vitrine.sync;

import dev.vitrine.delta.ChangeFeed;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.CommitEffect;
import dev.vitrine.store.SyncStatus.Hold;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Applies the commits of a change feed, in order. Small commits are published together; each becomes visible whole or
/// not at all.
final class Increments {

    private static final int COMMITS_TOGETHER = 100;
    private static final long ROWS_TOGETHER = 10_000;

    private final Guards guards;
    private final long readAhead;
    private final StatusReports reports;
    private final SyncMeters meters;
    private boolean oneByOne;

    /// @param readAhead bytes that may lie between reading and writing
    Increments(Guards guards, long readAhead, StatusReports reports, SyncMeters meters) {
        this.guards = guards;
        this.readAhead = readAhead;
        this.reports = reports;
        this.meters = meters;
    }

    /// How far a feed was applied.
    sealed interface Applied {

        /// To its end.
        record Whole() implements Applied {}

        /// Up to where the feed has to be opened anew: more may follow.
        record Part() implements Applied {}

        /// Up to a commit that the contract cannot serve.
        record Misfit(FeedPart.Begin commit) implements Applied {}

        /// Up to a commit that a guard holds.
        record Held(Hold hold) implements Applied {}
    }

    /// Where commits go.
    ///
    /// @param decisions about commits that guards would hold
    /// @param published told each version that became visible
    record Target(Supplier<ChangeWriter> writers, Decisions decisions, LongConsumer published) {}

    /// Applies the feed as far as it goes, and closes it.
    Applied apply(Step.Increment increment, Target target) throws InterruptedException {
        // After a failure every commit is published by itself, so that those before the bad one are served.
        int together = oneByOne ? 1 : COMMITS_TOGETHER;
        oneByOne = true;
        ChangeFeed feed = increment.feed();
        try (ReadAhead<FeedPart> parts = new ReadAhead<>(
                Thread.currentThread().getName() + "-read",
                taken -> FeedPart.read(feed, target.decisions()::rejects, taken),
                FeedPart::weight,
                readAhead)) {
            Run run = new Run(parts, target, increment, together);
            Applied end;
            do {
                end = run.applyTogether();
            } while (end == null);
            // A hold behind other commits is met again alone.
            oneByOne = end instanceof Applied.Part && run.tripped;
            return end;
        }
    }

    /// One pass over a feed.
    private final class Run {

        private final ReadAhead<FeedPart> parts;
        private final Target target;
        private final long epoch;
        private final boolean wholeRows;
        private final int together;
        private boolean tripped;

        Run(ReadAhead<FeedPart> parts, Target target, Step.Increment increment, int together) {
            this.parts = parts;
            this.target = target;
            this.epoch = increment.from().revision().epoch();
            this.wholeRows = increment.wholeRows();
            this.together = together;
        }

        /// Applies and publishes some commits; null: there may be more.
        @Nullable
        Applied applyTogether() throws InterruptedException {
            try (ChangeWriter writer = target.writers().get()) {
                FeedPart.End complete = null;
                int commits = 0;
                long rows = 0;
                while (true) {
                    switch (parts.next().orElse(null)) {
                        case null -> {
                            publish(writer, complete);
                            return new Applied.Whole();
                        }
                        case FeedPart.Begin begin -> {
                            if (complete == null) {
                                reports.behindSince(begin.commitTime());
                            }
                            if (!begin.misfits().isEmpty()) {
                                publish(writer, complete);
                                return new Applied.Misfit(begin);
                            }
                            begin(writer, begin);
                        }
                        case FeedPart.Changes changes -> {
                            writer.apply(changes.rows());
                            rows += changes.rows().size();
                            meters.wrote(changes.rows());
                        }
                        case FeedPart.End end -> {
                            CommitEffect effect = end(writer, end);
                            Optional<Hold> hold = hold(effect, end.version());
                            if (hold.isPresent()) {
                                tripped = commits > 0;
                                return tripped ? new Applied.Part() : new Applied.Held(hold.get());
                            }
                            complete = end;
                            commits++;
                            // What happens to withheld keys from now on is told by whole rows alone.
                            boolean blind = effect.letters() > 0 && !wholeRows;
                            if (blind || commits >= together || rows >= ROWS_TOGETHER) {
                                publish(writer, complete);
                                return blind ? new Applied.Part() : null;
                            }
                        }
                    }
                }
            }
        }

        private void begin(ChangeWriter writer, FeedPart.Begin begin) {
            Revision revision = new Revision(epoch, begin.version(), begin.commitTime());
            if (target.decisions().rejects(begin.version())) {
                writer.reject(revision);
            } else {
                writer.begin(revision);
            }
        }

        private CommitEffect end(ChangeWriter writer, FeedPart.End end) {
            return target.decisions().rejects(end.version()) ? new CommitEffect(0, 0, 0, 0) : writer.end();
        }

        private Optional<Hold> hold(CommitEffect effect, long version) {
            return target.decisions().releases(version) ? Optional.empty() : guards.against(effect, version);
        }

        private void publish(ChangeWriter writer, FeedPart.@Nullable End complete) {
            if (complete != null) {
                writer.publish(new Revision(epoch, complete.version(), complete.commitTime()), complete.commitFile());
                target.published().accept(complete.version());
            }
        }
    }
}
