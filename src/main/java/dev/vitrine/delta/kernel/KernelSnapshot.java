package dev.vitrine.delta.kernel;

import dev.vitrine.delta.DeltaSnapshot;
import dev.vitrine.delta.Rows;
import dev.vitrine.delta.kernel.KernelInternals.SnapshotFiles;
import dev.vitrine.delta.rows.ChangeType;
import io.delta.kernel.Snapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A snapshot read by Kernel.
final class KernelSnapshot implements DeltaSnapshot {

    private final Source source;
    private final Snapshot snapshot;
    private final TableState state;
    private final CommitFile commitFile;
    private @Nullable SnapshotFiles files;

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
    public List<String> absent() {
        return source.mapper(state, version()).absent();
    }

    @Override
    public OptionalLong rowCount() {
        return files().rows();
    }

    @Override
    public Rows rows(int skipped) {
        return EntityRows.ofSnapshot(source, version(), reads(), skipped);
    }

    /// The files to read, in the order of their paths.
    List<FileRead> reads() {
        return files().all().stream()
                .sorted(Comparator.comparing(file -> file.status().getPath()))
                .<FileRead>map(file -> new FileRead.Whole(file, state, ChangeType.INSERT))
                .toList();
    }

    private SnapshotFiles files() {
        try {
            SnapshotFiles listed = files == null
                    ? KernelInternals.files(snapshot, source.engine().kernel())
                    : files;
            files = listed;
            return listed;
        } catch (RuntimeException | IOException failure) {
            throw source.failures().reading(version(), failure);
        }
    }
}
