package dev.vitrine.store.cache;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.CommitEffect;
import java.util.List;
import java.util.Optional;

/// Notes which keys commits change, and tells the caches once they are published. One thread.
final class RecordedChanges implements ChangeWriter {

    private final ChangeWriter changes;
    private final CachedWriter writer;
    private final Optional<Checkpoint> from;
    private final Changed changed;

    RecordedChanges(ChangeWriter changes, CachedWriter writer) {
        this.changes = changes;
        this.writer = writer;
        this.from = writer.stored().checkpoint();
        this.changed =
                new Changed(writer.caches().shared() != null && !writer.stored().withholds());
    }

    @Override
    public void begin(Revision revision) {
        changes.begin(revision);
        changed.begin(revision);
    }

    @Override
    public void apply(List<? extends EntityChange> some) {
        changes.apply(some);
        changed.add(some);
    }

    @Override
    public CommitEffect end() {
        CommitEffect effect = changes.end();
        changed.end(effect.letters() > 0);
        return effect;
    }

    @Override
    public void reject(Revision revision) {
        changes.reject(revision);
    }

    @Override
    public void publish(Revision revision, String commitFile) {
        changes.publish(revision, commitFile);
        Checkpoint to = writer.stored().checkpoint().orElse(null);
        if (to != null && from.isPresent() && to.generation() == from.get().generation()) {
            writer.told(from.get(), to, changed);
        }
    }

    @Override
    public void close() {
        changes.close();
    }
}
