package dev.vitrine.store.cache;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.CommitEffect;
import dev.vitrine.store.StoreFailure;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes which keys commits change, and tells the caches once they are published. One thread.
final class RecordedChanges implements ChangeWriter {

    private static final Logger log = LoggerFactory.getLogger(RecordedChanges.class);

    private final ChangeWriter changes;
    private final CachedWriter writer;
    private final Optional<Checkpoint> from;
    private final Changed changed;

    /// @param from where the changes start
    /// @param certain see [Changed]
    RecordedChanges(ChangeWriter changes, CachedWriter writer, Optional<Checkpoint> from, boolean certain) {
        this.changes = changes;
        this.writer = writer;
        this.from = from;
        this.changed = new Changed(certain);
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
        try {
            tell();
        } catch (StoreFailure e) {
            // it is published all the same: caches that were not told find a gap
            log.info("caches were not told of version {}: {}", revision.version(), e.getMessage());
        }
    }

    private void tell() {
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
