package dev.vitrine.sync;

import dev.vitrine.delta.ChangeFeed;
import dev.vitrine.delta.Rows;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import java.time.Instant;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/// A change feed as a series: per commit one `Begin`, any number of `Changes`, one `End`.
sealed interface FeedPart {

    /// A commit begins. One that has misfits is the last part: its rows cannot be read by the contract.
    record Begin(long version, Instant commitTime, List<String> misfits) implements FeedPart {
        public Begin {
            misfits = List.copyOf(misfits);
        }

        /// Why the feed cannot be followed past a commit that has misfits.
        String obstacle() {
            return "version %d does not fit the contract (%s)".formatted(version, String.join("; ", misfits));
        }
    }

    /// Some rows of the commit.
    record Changes(List<EntityChange> rows) implements FeedPart {}

    /// The commit is complete.
    record End(long version, Instant commitTime, String commitFile) implements FeedPart {}

    /// Reads a feed to its end, closes it, and hands on its parts while they are taken.
    ///
    /// @param leftOut versions whose rows are not read
    static void read(ChangeFeed feed, LongPredicate leftOut, Predicate<FeedPart> taken) {
        try (feed) {
            boolean wanted = true;
            while (wanted && feed.hasNext()) {
                wanted = readCommit(feed.next(), leftOut, taken);
            }
        }
    }

    private static boolean readCommit(ChangeFeed.Commit commit, LongPredicate leftOut, Predicate<FeedPart> taken) {
        List<String> misfits = commit.misfits();
        if (!taken.test(new Begin(commit.version(), commit.commitTime(), misfits)) || !misfits.isEmpty()) {
            return false;
        }
        if (!leftOut.test(commit.version())) {
            try (Rows rows = commit.rows()) {
                while (rows.hasNext()) {
                    if (!taken.test(new Changes(rows.next()))) {
                        return false;
                    }
                }
            }
        }
        return taken.test(new End(commit.version(), commit.commitTime(), commit.commitFile()));
    }

    /// About how many bytes of memory it holds.
    static long weight(FeedPart part) {
        return part instanceof Changes changes ? weight(changes.rows()) : 0;
    }

    /// About how many bytes of memory the rows hold.
    static long weight(List<EntityChange> rows) {
        long sum = 0;
        for (EntityChange row : rows) {
            sum += ROW_OVERHEAD
                    + switch (row) {
                        case Upserted upserted -> upserted.document().length;
                        case Unservable unservable -> unservable.row().length;
                        case Deleted deleted -> deleted.row() == null ? 0 : deleted.row().length;
                    };
        }
        return sum;
    }

    /// Bytes of a row's key, indexed values and objects.
    long ROW_OVERHEAD = 500;
}
