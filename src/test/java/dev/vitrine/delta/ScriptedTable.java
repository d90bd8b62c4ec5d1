package dev.vitrine.delta;

import dev.vitrine.entity.EntityChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A Delta table that a test writes. It does not exist before the first commit. Threads may share it.
public final class ScriptedTable implements DeltaTable {

    private static final Instant FIRST_COMMIT = Instant.parse("2026-01-01T00:00:00Z");
    private static final int BATCH = 2;
    private static final int FILE = 2 * BATCH;

    private final String address;
    private final AtomicInteger open = new AtomicInteger();
    private List<ScriptedCommit> commits = List.of();
    private int replaced;
    private boolean feed = true;
    private List<String> misfits = List.of();
    private long cleanedUpTo = -1;
    private @Nullable Long unreadableFrom;
    private volatile @Nullable Long counted;
    private Duration perBatch = Duration.ZERO;

    ScriptedTable(String address) {
        this.address = address;
    }

    /// Adds a commit; returns its version. A delete takes away the oldest row of its key, unless it names another; an
    /// upsert that is no insert replaces the oldest row of its key; all else adds a row, also one more of a key.
    public synchronized long commit(EntityChange... changes) {
        List<ScriptedCommit> longer = new ArrayList<>(commits);
        List<EntityChange> before =
                commits.isEmpty() ? List.of() : commits.getLast().after();
        longer.add(ScriptedCommit.of(commits.size(), List.of(changes), before, feed, misfits));
        commits = List.copyOf(longer);
        return commits.size() - 1;
    }

    /// Switches the change feed for the commits to come.
    public synchronized void feed(boolean on) {
        feed = on;
    }

    /// What the contract has against the schema, from the next commit on.
    public synchronized void misfits(String... problems) {
        misfits = List.of(problems);
    }

    /// Drops the table and creates another one, empty, at the same path.
    public synchronized void replace() {
        replaced++;
        commits = List.of();
        feed = true;
        misfits = List.of();
        cleanedUpTo = -1;
        commit();
    }

    /// Takes the table back to an earlier version, as a restored backup does.
    public synchronized void goBackTo(long version) {
        commits = commits.subList(0, (int) version + 1);
    }

    /// Cleans the log: a follower that was not past this version has to load anew.
    public synchronized void cleanUpTo(long version) {
        cleanedUpTo = version;
    }

    /// Corrupts the files of this version and of later ones; null: they are mended.
    public synchronized void unreadableFrom(@Nullable Long version) {
        unreadableFrom = version;
    }

    /// What the log's statistics say of the number of rows, true or not.
    public synchronized void counts(long rows) {
        counted = rows;
    }

    /// Makes every batch take this long to read.
    public synchronized void slow(Duration batch) {
        perBatch = batch;
    }

    /// How many feeds and rows are open.
    public int open() {
        return open.get();
    }

    @Override
    public synchronized DeltaSnapshot latest() {
        requireTable();
        return new Snapshot(id(), commits.getLast());
    }

    @Override
    public synchronized DeltaSnapshot at(long version) {
        requireTable();
        requireInLog(version);
        return new Snapshot(id(), commits.get((int) version));
    }

    @Override
    public synchronized Optional<ChangeFeed> changesAfter(
            String tableId, long version, String commitFile, boolean wholeRows) {
        requireTable();
        if (!tableId.equals(id())) {
            throw new FeedUnavailable("another table is at its path", null);
        }
        long latest = commits.getLast().version();
        requireInLog(version);
        return version == latest
                ? Optional.empty()
                : Optional.of(new Feed(commits.subList((int) version + 1, commits.size()), wholeRows));
    }

    private void requireTable() {
        if (commits.isEmpty()) {
            throw new TableMissing("There is no Delta table for " + address, null);
        }
    }

    private void requireInLog(long version) {
        long latest = commits.getLast().version();
        if (version <= cleanedUpTo && version < latest || version > latest) {
            throw new FeedUnavailable("version %d is not in the log".formatted(version), null);
        }
    }

    private String id() {
        return address + "#" + replaced;
    }

    private synchronized void requireReadable(long version) {
        if (unreadableFrom != null && version >= unreadableFrom) {
            throw new TableUnreadable("%s version %d: part-0.parquet is corrupt".formatted(address, version), null);
        }
    }

    private void takeTime() {
        Duration time;
        synchronized (this) {
            time = perBatch;
        }
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            throw new TableUnreadable("reading was interrupted", stopped);
        }
    }

    private static String commitFile(long version) {
        return "file of " + version;
    }

    private static Instant time(long version) {
        return FIRST_COMMIT.plusSeconds(version);
    }

    private final class Snapshot implements DeltaSnapshot {

        private final String id;
        private final ScriptedCommit last;

        Snapshot(String id, ScriptedCommit last) {
            this.id = id;
            this.last = last;
        }

        @Override
        public String tableId() {
            return id;
        }

        @Override
        public long version() {
            return last.version();
        }

        @Override
        public Instant commitTime() {
            return time(version());
        }

        @Override
        public String commitFile() {
            return ScriptedTable.commitFile(version());
        }

        @Override
        public boolean feedEnabled() {
            return last.feed();
        }

        @Override
        public List<String> misfits() {
            return last.misfits();
        }

        @Override
        public List<String> absent() {
            return List.of();
        }

        @Override
        public OptionalLong rowCount() {
            return OptionalLong.of(counted == null ? last.after().size() : counted);
        }

        @Override
        public Rows rows(int skipped) {
            return new Batches(last.after(), version(), skipped);
        }
    }

    private final class Feed implements ChangeFeed {

        private final List<ScriptedCommit> log;
        private final Iterator<ScriptedCommit> rest;
        private final boolean wholeRows;

        Feed(List<ScriptedCommit> log, boolean wholeRows) {
            this.log = log;
            this.wholeRows = wholeRows;
            this.rest = log.iterator();
            open.incrementAndGet();
        }

        @Override
        public long latestVersion() {
            return log.getLast().version();
        }

        @Override
        public boolean hasNext() {
            return rest.hasNext();
        }

        @Override
        public Commit next() {
            ScriptedCommit commit = rest.next();
            if (!commit.feed()) {
                throw new FeedUnavailable("the feed is off in version " + commit.version(), null);
            }
            return new FeedCommit(commit, wholeRows);
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    private final class FeedCommit implements ChangeFeed.Commit {

        private final ScriptedCommit commit;
        private final boolean wholeRows;

        FeedCommit(ScriptedCommit commit, boolean wholeRows) {
            this.commit = commit;
            this.wholeRows = wholeRows;
        }

        @Override
        public long version() {
            return commit.version();
        }

        @Override
        public Instant commitTime() {
            return time(version());
        }

        @Override
        public String commitFile() {
            return ScriptedTable.commitFile(version());
        }

        @Override
        public List<String> misfits() {
            return commit.misfits();
        }

        @Override
        public Rows rows() {
            return new Batches(wholeRows ? commit.wholeRows() : commit.changes(), version(), 0);
        }
    }

    /// Two batches are a file.
    private final class Batches implements Rows {

        private final List<EntityChange> rows;
        private final long version;
        private int read;

        Batches(List<EntityChange> rows, long version, int skippedFiles) {
            this.rows = rows;
            this.version = version;
            this.read = Math.min(skippedFiles * FILE, rows.size());
            open.incrementAndGet();
        }

        @Override
        public boolean hasNext() {
            requireReadable(version);
            return read < rows.size();
        }

        @Override
        public List<EntityChange> next() {
            takeTime();
            List<EntityChange> batch = rows.subList(read, Math.min(read + BATCH, rows.size()));
            read += batch.size();
            return batch;
        }

        @Override
        public int filesDone() {
            return read == rows.size() ? Math.ceilDiv(read, FILE) : read / FILE;
        }

        @Override
        public double shareDone() {
            return rows.isEmpty() ? 1 : (double) read / rows.size();
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
