package dev.vitrine.delta;

import java.util.Optional;

/// A Delta table as the worker sees it. Methods may be called from any one thread at a time.
///
/// All methods throw [TableMissing] if there is no table, [FeedUnavailable] where only a rebuild helps, and
/// [TableUnreadable] for anything else, with table, version and file.
public interface DeltaTable {

    /// The newest version.
    DeltaSnapshot latest();

    /// An earlier version.
    ///
    /// @throws FeedUnavailable the log does not reach back to it any more, or not up to it: the table was replaced
    DeltaSnapshot at(long version);

    /// The commits after a version, oldest first; empty if there are none. Costs one listing that starts at that
    /// version's commit file.
    ///
    /// @param tableId of the table the version belongs to
    /// @param commitFile of that version, as [DeltaSnapshot#commitFile()] gave it; a difference leads to a comparison
    /// of table ids
    /// @param wholeRows whether [dev.vitrine.entity.EntityChange.Deleted] carries the row that is gone, which costs
    /// reading all columns of files that are removed whole. Then pre-images are all handed on as deleted rows and
    /// post-images as inserts.
    /// @throws FeedUnavailable the table was replaced, the log was cleaned, or the feed is off in one of the commits
    Optional<ChangeFeed> changesAfter(String tableId, long version, String commitFile, boolean wholeRows);
}
