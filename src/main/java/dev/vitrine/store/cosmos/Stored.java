package dev.vitrine.store.cosmos;

import org.jspecify.annotations.Nullable;

/// What a container holds under a key.
///
/// @param etag null: there is no item
/// @param version of the commit that wrote it; -1 if there is no item
/// @param liveBefore whether the key was live at the checkpoint that its writer started from
/// @param segment of the load that wrote it last; null: a commit did
record Stored(
        KeyState state, @Nullable String etag, long version, boolean liveBefore, Items.@Nullable Segment segment) {

    static final Stored NOTHING = new Stored(KeyState.ABSENT, null, -1, false, null);

    /// Whether the key was live at a checkpoint, which a writer that was killed after it may have left behind.
    boolean liveAt(long checkpoint) {
        return version > checkpoint ? liveBefore : state.isLive();
    }

    /// Without the row that is not needed any more where another state takes its place.
    Stored toReplace() {
        return new Stored(state.letters(), etag, version, liveBefore, segment);
    }
}
