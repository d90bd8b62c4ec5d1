package dev.vitrine.delta.kernel;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.ChangeFeed;
import dev.vitrine.delta.DeltaTable;
import dev.vitrine.delta.FeedUnavailable;
import io.delta.kernel.Snapshot;
import io.delta.kernel.exceptions.InvalidTableException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A Delta table read by Kernel.
final class KernelTable implements DeltaTable {

    private final DeltaEngine engine;
    private final String path;
    private final Failures failures;
    private final Source source;
    private volatile @Nullable Position position;

    KernelTable(DeltaEngine engine, GoldTable table) {
        this.engine = engine;
        this.path = DeltaEngine.path(table.location());
        this.failures = new Failures(table.address(), path);
        this.source = new Source(engine, table, failures);
    }

    /// Where the table was last seen, so that following it needs no snapshot.
    record Position(long version, CommitFile file, TableState state) {}

    @Override
    public KernelSnapshot latest() {
        return snapshot(open(null));
    }

    @Override
    public KernelSnapshot at(long version) {
        try {
            NavigableMap<Long, FileStatus> commits =
                    LogFiles.from(engine, path, version).commits();
            if (!commits.containsKey(version)) {
                throw notThere(version, commits);
            }
        } catch (RuntimeException | IOException failure) {
            throw failures.reading(version, failure);
        }
        return snapshot(open(version));
    }

    private KernelSnapshot snapshot(Opened opened) {
        Position at = opened.position();
        return new KernelSnapshot(source, opened.snapshot(), at.state(), at.file());
    }

    @Override
    public Optional<ChangeFeed> changesAfter(String tableId, long version, String commitFile, boolean wholeRows) {
        return feedAfter(tableId, version, commitFile, wholeRows).map(feed -> feed);
    }

    Optional<KernelFeed> feedAfter(String tableId, long version, String commitFile, boolean wholeRows) {
        try {
            NavigableMap<Long, FileStatus> commits =
                    LogFiles.from(engine, path, version).commits();
            FileStatus own = commits.get(version);
            if (own == null) {
                throw notThere(tableId, version, commits);
            }
            Optional<CommitFile> known = CommitFile.parse(commitFile).filter(file -> file.isStill(own));
            NavigableMap<Long, FileStatus> later = commits.tailMap(version, false);
            if (known.isPresent() && later.isEmpty()) {
                return Optional.empty();
            }
            Position start = start(version, own, known);
            if (!start.state().id().equals(tableId)) {
                throw replaced("its id was %s and is now %s"
                        .formatted(tableId, start.state().id()));
            }
            if (known.isEmpty()) {
                throw failures.feed(
                        "version %d is not the commit that was read: its file was written again, it has %d bytes and is of %s"
                                .formatted(version, own.getSize(), Instant.ofEpochMilli(own.getModificationTime())),
                        null);
            }
            return later.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new KernelFeed(source, path, start, later, wholeRows, this::rememberPosition));
        } catch (RuntimeException | IOException failure) {
            throw failures.reading(version, failure);
        }
    }

    private void rememberPosition(Position reached) {
        position = reached;
    }

    /// The table as of a version that is in the log.
    private Position start(long version, FileStatus own, Optional<CommitFile> known) {
        Position last = position;
        if (last != null && last.version() == version && last.file().isStill(own)) {
            return last;
        }
        Position opened = open(version).position();
        Position start =
                known.map(file -> new Position(version, file, opened.state())).orElse(opened);
        position = start;
        return start;
    }

    private record Opened(Snapshot snapshot, Position position) {}

    private Opened open(@Nullable Long version) {
        try {
            Snapshot snapshot = version == null ? engine.snapshot(path) : engine.snapshot(path, version);
            FileStatus file = KernelInternals.commitFile(snapshot);
            if (file.getSize() == 0) {
                throw failures.emptyCommit(snapshot.getVersion(), file.getPath());
            }
            Instant commitTime = Instant.ofEpochMilli(snapshot.getTimestamp(engine.kernel()));
            return new Opened(
                    snapshot,
                    new Position(
                            snapshot.getVersion(), CommitFile.of(file, commitTime), KernelInternals.state(snapshot)));
        } catch (TableNotFoundException none) {
            throw failures.missing(none);
        } catch (InvalidTableException incomplete) {
            throw version == null
                    ? failures.reading(null, incomplete)
                    : failures.feed("its log no longer tells version " + version, incomplete);
        } catch (RuntimeException failure) {
            Map.Entry<Long, FileStatus> at = commitAt(version);
            throw at == null
                    ? failures.reading(version, failure)
                    : failures.reading(at.getKey(), LogFiles.named(at.getValue(), version == null), failure);
        }
    }

    /// The commit of a version, or the newest; null if it cannot be known.
    private Map.@Nullable Entry<Long, FileStatus> commitAt(@Nullable Long version) {
        try {
            NavigableMap<Long, FileStatus> commits =
                    LogFiles.from(engine, path, version == null ? 0 : version).commits();
            return version == null ? commits.lastEntry() : commits.floorEntry(version);
        } catch (RuntimeException | IOException unknown) {
            return null;
        }
    }

    /// The version a reader stopped at is not in the log: cleaned up, or the table is another one, or gone.
    private RuntimeException notThere(String tableId, long version, NavigableMap<Long, FileStatus> later) {
        Position latest = open(null).position();
        if (!latest.state().id().equals(tableId)) {
            return replaced("its id was %s and is now %s"
                    .formatted(tableId, latest.state().id()));
        }
        return notThere(version, later);
    }

    private RuntimeException notThere(long version, NavigableMap<Long, FileStatus> later) {
        Position latest = open(null).position();
        if (latest.version() < version) {
            return replaced("its newest version was %d and is now %d".formatted(version, latest.version()));
        }
        return failures.feed(
                "its log was cleaned up: version %d is gone, version %s is the oldest left after it"
                        .formatted(version, later.isEmpty() ? latest.version() : later.firstKey()),
                null);
    }

    private FeedUnavailable replaced(String how) {
        return failures.feed("the table was replaced: " + how, null);
    }
}
