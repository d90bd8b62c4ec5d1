package dev.vitrine.query;

import dev.vitrine.entity.Revision;
import dev.vitrine.store.Answer;
import dev.vitrine.store.Checkpoint;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The state of a table that an answer was read at.
///
/// @param revision the last version that the answer shows whole
/// @param divergedSince first version that was left out of what is served; null: none was
/// @param age how long ago it was known to be the newest; zero unless the store is out of reach
public record AsOf(Revision revision, @Nullable Long divergedSince, Duration age) {

    /// The newest.
    public AsOf(Revision revision, @Nullable Long divergedSince) {
        this(revision, divergedSince, Duration.ZERO);
    }

    static AsOf of(Checkpoint checkpoint) {
        return new AsOf(checkpoint.revision(), checkpoint.divergedSince());
    }

    static AsOf of(Answer<?> answer) {
        Checkpoint checkpoint = answer.asOf();
        return new AsOf(checkpoint.revision(), checkpoint.divergedSince(), answer.age());
    }
}
