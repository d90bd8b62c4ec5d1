package dev.vitrine.store.cache;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Kept;
import dev.vitrine.store.Origin;
import dev.vitrine.store.Sealed;
import java.util.List;

/// A load after which readers of this process look at once what is served.
record RecordedLoad(GenerationWriter load, Checkpoints checkpoints) implements GenerationWriter {

    @Override
    public Origin origin() {
        return load.origin();
    }

    @Override
    public Kept kept() {
        return load.kept();
    }

    @Override
    public void add(List<? extends EntityChange> rows) {
        load.add(rows);
    }

    @Override
    public void keep(int files) {
        load.keep(files);
    }

    @Override
    public Sealed seal() {
        return load.seal();
    }

    @Override
    public ChangeWriter changes() {
        return load.changes();
    }

    @Override
    public Checkpoint checkpoint() {
        return load.checkpoint();
    }

    @Override
    public long removed() {
        return load.removed();
    }

    @Override
    public void swap() {
        load.swap();
        checkpoints.refresh();
    }

    @Override
    public void discard() {
        load.discard();
    }

    @Override
    public void close() {
        load.close();
    }
}
