package dev.vitrine.delta.kernel;

import dev.vitrine.delta.ChangeFeed;
import dev.vitrine.delta.Rows;
import dev.vitrine.delta.kernel.KernelInternals.Actions;
import dev.vitrine.delta.kernel.KernelTable.Position;
import io.delta.kernel.CommitActions;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The commits after a position, read one by one.
final class KernelFeed implements ChangeFeed {

    private final Source source;
    private final NavigableMap<Long, FileStatus> files;
    private final boolean wholeRows;
    private final @Nullable CloseableIterator<CommitActions> commits;
    private final Consumer<Position> reached;
    private Position position;
    private @Nullable Rows open;

    /// @param files the commits to read
    /// @param wholeRows see [dev.vitrine.delta.DeltaTable#changesAfter]
    /// @param reached told after each commit
    KernelFeed(
            Source source,
            String path,
            Position start,
            NavigableMap<Long, FileStatus> files,
            boolean wholeRows,
            Consumer<Position> reached) {
        this.source = source;
        this.files = files;
        this.wholeRows = wholeRows;
        this.position = start;
        this.reached = reached;
        // A file that is lost ends the feed, but not before it.
        long end = start.version();
        while (files.containsKey(end + 1)) {
            end++;
        }
        this.commits = end == start.version()
                ? null
                : KernelInternals.commits(
                        source.engine().commits(path, start.version() + 1, end),
                        source.engine().kernel());
    }

    @Override
    public long latestVersion() {
        return files.lastKey();
    }

    @Override
    public boolean hasNext() {
        return position.version() < latestVersion();
    }

    @Override
    public KernelCommit next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        closeRows();
        long version = position.version() + 1;
        FileStatus commit = files.get(version);
        if (commit == null || commits == null) {
            throw source.failures()
                    .feed(
                            "its log lacks version %d, though it has %s".formatted(version, files.ceilingKey(version)),
                            null);
        }
        try {
            return read(version, commit, commits.next());
        } catch (RuntimeException | IOException failure) {
            String file = LogFiles.named(commit, version == latestVersion());
            throw source.failures().reading(version, file, failure);
        }
    }

    @Override
    public void close() {
        closeRows();
        try {
            if (commits != null) {
                commits.close();
            }
        } catch (IOException failure) {
            throw source.failures().reading(position.version(), failure);
        }
    }

    private KernelCommit read(long version, FileStatus file, CommitActions commit) throws IOException {
        TableState before = position.state();
        if (file.getSize() == 0) {
            throw source.failures().emptyCommit(version, file.getPath());
        }
        Actions actions =
                KernelInternals.actions(commit, before.root(), source.engine().kernel());
        TableState after = actions.state().orElse(before);
        if (!after.id().equals(before.id())) {
            throw source.failures()
                    .feed(
                            "version %d replaced the table: its id was %s and is now %s"
                                    .formatted(version, before.id(), after.id()),
                            null);
        }
        if (!after.feedEnabled()) {
            throw source.failures()
                    .feed(
                            "it is switched off in version %d (delta.enableChangeDataFeed is not true)"
                                    .formatted(version),
                            null);
        }
        if (actions.told().isEmpty()
                && !before.partition().isEmpty()
                && !actions.removed().stream().allMatch(Actions.Removed::described)) {
            throw source.failures()
                    .feed("version %d removed files without saying of which partition".formatted(version), null);
        }
        if (after != before && source.misfits(before, after, version).isEmpty()) {
            List<String> silent = new SchemaChange(before, after).silent(source.table());
            if (!silent.isEmpty()) {
                throw source.failures()
                        .feed(
                                "version %d changed what rows show without telling which: %s"
                                        .formatted(version, String.join("; ", silent)),
                                null);
            }
        }
        long commitTime = Math.max(commit.getTimestamp(), position.file().commitTime() + 1);
        position = new Position(version, CommitFile.of(file, Instant.ofEpochMilli(commitTime)), after);
        reached.accept(position);
        return new KernelCommit(position, before, CommitReads.of(actions, before, after));
    }

    private void closeRows() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    /// One commit of the feed.
    final class KernelCommit implements Commit {

        private final Position at;
        private final TableState before;
        private final List<FileRead> reads;

        KernelCommit(Position at, TableState before, List<FileRead> reads) {
            this.at = at;
            this.before = before;
            this.reads = reads;
        }

        @Override
        public long version() {
            return at.version();
        }

        @Override
        public Instant commitTime() {
            return Instant.ofEpochMilli(at.file().commitTime());
        }

        @Override
        public String commitFile() {
            return at.file().toString();
        }

        @Override
        public List<String> misfits() {
            return at.state() == before ? List.of() : source.misfits(before, at.state(), at.version());
        }

        @Override
        public Rows rows() {
            closeRows();
            Rows rows = EntityRows.ofCommit(source, at.version(), reads, wholeRows);
            open = rows;
            return rows;
        }

        /// The files to read.
        List<FileRead> reads() {
            return reads;
        }
    }
}
