package dev.vitrine.store;

import dev.vitrine.entity.Revision;
import org.jspecify.annotations.Nullable;

/// How far a table is served.
///
/// @param tableId Delta's id of the table (metaData.id)
/// @param revision the last version applied whole
/// @param generation grows with the rebuilds of the table, also unfinished ones
/// @param commitFile size and time of that version's commit file, to notice that it was replaced beneath; opaque text
/// @param layout fingerprint of the [dev.vitrine.contract.GoldTable] layout that the generation was made for
/// @param entities live ones
/// @param divergedSince first version that was left out; null: none
public record Checkpoint(
        String tableId,
        Revision revision,
        long generation,
        String commitFile,
        String layout,
        long entities,
        @Nullable Long divergedSince) {}
