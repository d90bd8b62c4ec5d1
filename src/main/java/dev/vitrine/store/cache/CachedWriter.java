package dev.vitrine.store.cache;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Origin;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus;
import dev.vitrine.store.TableNotServed;
import dev.vitrine.store.TableWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Tells the caches what is written.
///
/// @param stored what is written to
record CachedWriter(TableWriter writer, StoredTable stored, Checkpoints checkpoints, Caches caches)
        implements TableWriter {

    @Override
    public ChangeWriter changes() {
        Optional<Checkpoint> from = stored.checkpoint();
        // asked for before anything is opened that would have to be closed if this fails
        boolean certain = caches.shared() != null && !mayWithhold();
        return new RecordedChanges(writer.changes(), this, from, certain);
    }

    private boolean mayWithhold() {
        try {
            return stored.withholds();
        } catch (TableNotServed unreadable) {
            return true;
        }
    }

    /// What is served by now; other processes hear of it in time.
    void told(Checkpoint from, Checkpoint to, Changed changed) {
        caches.told(Ids.space(stored.table().address(), to), At.of(from), At.of(to), changed);
        checkpoints.refresh();
    }

    @Override
    public GenerationWriter rebuild(Origin origin) {
        return new RecordedLoad(writer.rebuild(origin), checkpoints);
    }

    @Override
    public Optional<GenerationWriter> unfinished() {
        return writer.unfinished().map(load -> new RecordedLoad(load, checkpoints));
    }

    @Override
    public void report(SyncStatus status) {
        writer.report(status);
    }

    @Override
    public int dismiss(Collection<Long> ids) {
        return writer.dismiss(ids);
    }

    /// Changes what is served without another version.
    @Override
    public void replay(Collection<EntityKey> keys, boolean keyless, List<? extends EntityChange> rows) {
        try {
            writer.replay(keys, keyless, rows);
        } finally {
            stored.checkpoint()
                    .ifPresent(
                            at -> caches.changedInPlace(Ids.space(stored.table().address(), at), At.of(at)));
        }
    }

    @Override
    public void tidy(Instant lettersBefore) {
        writer.tidy(lettersBefore);
    }
}
