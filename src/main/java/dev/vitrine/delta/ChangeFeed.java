package dev.vitrine.delta;

import java.util.Iterator;

/// Commits in order of versions. The reader closes it; moving to the next commit closes the rows of the one before.
public interface ChangeFeed extends Iterator<ChangeFeed.Commit>, AutoCloseable {

    /// The newest version that was listed when the feed was opened.
    long latestVersion();

    @Override
    void close();

    /// One commit.
    interface Commit {

        long version();

        /// Never before that of the commit before.
        java.time.Instant commitTime();

        /// See [DeltaSnapshot#commitFile()].
        String commitFile();

        /// See [DeltaSnapshot#misfits()]: for the schema of this commit; empty where the commit does not change it.
        java.util.List<String> misfits();

        /// The changed rows, in no order. Without whole rows (see [DeltaTable#changesAfter]) the pre-image and the
        /// post-image of a key that lie in one batch are an upsert that is no insert; a post-image alone, of an update
        /// that changed the key or whose pre-image lies elsewhere, is an insert, and a pre-image alone a delete.
        Rows rows();
    }
}
