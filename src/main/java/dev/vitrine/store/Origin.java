package dev.vitrine.store;

import dev.vitrine.entity.Revision;

/// The snapshot that a generation is loaded from.
///
/// @param tableId Delta's id of the table
/// @param revision of the snapshot
/// @param commitFile see [Checkpoint#commitFile()]
public record Origin(String tableId, Revision revision, String commitFile) {}
