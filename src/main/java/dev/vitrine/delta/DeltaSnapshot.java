package dev.vitrine.delta;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/// A table at one version.
public interface DeltaSnapshot {

    /// Delta's id of the table.
    String tableId();

    long version();

    Instant commitTime();

    /// Size and time of the version's commit file, as opaque text.
    String commitFile();

    /// Whether the change feed is on at this version.
    boolean feedEnabled();

    /// What keeps the table from being served by its contract: missing required columns, types that do not fit. Empty:
    /// nothing.
    List<String> misfits();

    /// Optional columns of the contract that the table does not have, served as null.
    List<String> absent();

    /// How many rows it holds, by the log's own statistics; empty where they are missing for a file.
    ///
    /// @throws TableUnreadable the log cannot be read
    OptionalLong rowCount();

    /// All rows but those of the first `skipped` files, as changes of which every upsert is an insert. Nothing is held
    /// in
    /// memory but the current batch. The order of the files is the same whenever this version is read.
    Rows rows(int skipped);
}
