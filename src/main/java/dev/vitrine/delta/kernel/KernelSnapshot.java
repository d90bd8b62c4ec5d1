package dev.vitrine.delta.kernel;

import dev.vitrine.delta.DeltaSnapshot;
import dev.vitrine.delta.Rows;
import dev.vitrine.delta.rows.ChangeType;
import io.delta.kernel.Snapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// A snapshot read by Kernel.
final class KernelSnapshot implements DeltaSnapshot {

    private final Source source;
    private final Snapshot snapshot;
    private final TableState state;
    private final CommitFile commitFile;

    KernelSnapshot(Source source, Snapshot snapshot, TableState state, CommitFile commitFile) {
        this.source = source;
        this.snapshot = snapshot;
        this.state = state;
        this.commitFile = commitFile;
    }

    @Override
    public String tableId() {
        return state.id();
    }

    @Override
    public long version() {
        return snapshot.getVersion();
    }

    @Override
    public Instant commitTime() {
        return Instant.ofEpochMilli(commitFile.commitTime());
    }

    @Override
    public String commitFile() {
        return commitFile.toString();
    }

    @Override
    public boolean feedEnabled() {
        return state.feedEnabled();
    }

    @Override
    public List<String> misfits() {
        return source.misfits(state, version());
    }

    @Override
    public Rows rows() {
        return new EntityRows(source, version(), false, reads());
    }

    /// The files to read.
    List<FileRead> reads() {
        try {
            return KernelInternals.files(snapshot, source.engine().kernel()).stream()
                    .<FileRead>map(file -> new FileRead.Whole(file, state, ChangeType.INSERT))
                    .toList();
        } catch (RuntimeException | IOException failure) {
            throw source.failures().reading(version(), failure);
        }
    }
}
