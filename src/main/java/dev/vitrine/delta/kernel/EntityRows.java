package dev.vitrine.delta.kernel;

import dev.vitrine.delta.Rows;
import dev.vitrine.delta.rows.Batch;
import dev.vitrine.delta.rows.ChangeType;
import dev.vitrine.delta.rows.EntityMapper;
import dev.vitrine.entity.EntityChange;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The rows of some files as changes of entities, one batch in memory.
final class EntityRows implements Rows {

    private final Source source;
    private final long version;
    private final boolean ofFeed;
    private final boolean wholeRows;
    private final List<FileRead> reads;
    private final Map<TableState, EntityMapper> mappers = new IdentityHashMap<>();
    private int started;
    private int done;
    private @Nullable Batches current;
    private @Nullable List<EntityChange> next;
    private boolean nextEndsFile;

    private EntityRows(
            Source source, long version, boolean ofFeed, boolean wholeRows, List<FileRead> reads, int skipped) {
        this.source = source;
        this.version = version;
        this.ofFeed = ofFeed;
        this.wholeRows = wholeRows;
        this.reads = reads;
        this.started = Math.min(skipped, reads.size());
        this.done = started;
    }

    /// The rows of a snapshot.
    static EntityRows ofSnapshot(Source source, long version, List<FileRead> reads, int skipped) {
        return new EntityRows(source, version, false, false, reads, skipped);
    }

    /// What a commit did to rows.
    static EntityRows ofCommit(Source source, long version, List<FileRead> reads, boolean wholeRows) {
        return new EntityRows(source, version, true, wholeRows, reads, 0);
    }

    @Override
    public int filesDone() {
        return done;
    }

    @Override
    public double shareDone() {
        return reads.isEmpty() ? 1 : (double) done / reads.size();
    }

    @Override
    public boolean hasNext() {
        while (next == null && (current != null || started < reads.size())) {
            advance();
        }
        if (next == null) {
            done = started;
        }
        return next != null;
    }

    @Override
    public List<EntityChange> next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        List<EntityChange> batch = next;
        next = null;
        if (nextEndsFile) {
            done = started;
        }
        return batch;
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
        next = null;
        started = reads.size();
    }

    /// Reads one batch, or steps to the next file.
    private void advance() {
        FileRead read = reads.get(current == null ? started : started - 1);
        EntityMapper mapper = mappers.computeIfAbsent(read.state(), state -> source.mapper(state, version));
        boolean keysOnly = !wholeRows && read instanceof FileRead.Whole whole && whole.type() == ChangeType.DELETE;
        try {
            if (current == null) {
                started++;
                current = new Batches(source.engine(), read, keysOnly ? mapper.keyColumns() : mapper.columns());
            }
            if (current.hasNext()) {
                Batch batch = current.next();
                List<EntityChange> changes = keysOnly ? mapper.deletions(batch) : mapper.changes(batch, wholeRows);
                next = changes.isEmpty() ? null : changes;
                nextEndsFile = !current.hasNext();
            } else {
                current.close();
                current = null;
            }
        } catch (RuntimeException failure) {
            throw source.failures().file(version, read.file().status().getPath(), ofFeed, failure);
        }
    }
}
