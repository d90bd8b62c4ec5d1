package dev.vitrine.query;

import dev.vitrine.entity.Revision;
import dev.vitrine.store.Checkpoint;
import org.jspecify.annotations.Nullable;

/// The state of a table that an answer was read at.
///
/// @param revision the last version that the answer shows whole
/// @param divergedSince first version that was left out of what is served; null: none was
public record AsOf(Revision revision, @Nullable Long divergedSince) {

    static AsOf of(Checkpoint checkpoint) {
        return new AsOf(checkpoint.revision(), checkpoint.divergedSince());
    }
}
