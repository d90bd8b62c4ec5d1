package dev.vitrine.store;

import dev.vitrine.entity.Revision;

/// How far a table is served.
///
/// @param tableId Delta's id of the table (metaData.id)
/// @param revision the last version applied whole
/// @param generation counts the rebuilds of the table
/// @param commitFile size and time of that version's commit file, to notice that it was replaced beneath; opaque text
/// @param layout fingerprint of the [dev.vitrine.contract.GoldTable] layout that the generation was made for
public record Checkpoint(String tableId, Revision revision, long generation, String commitFile, String layout) {}
