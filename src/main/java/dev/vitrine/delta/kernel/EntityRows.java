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
    private final List<FileRead> reads;
    private final Map<TableState, EntityMapper> mappers = new IdentityHashMap<>();
    private int started;
    private @Nullable Batches current;
    private @Nullable List<EntityChange> next;

    EntityRows(Source source, long version, boolean ofFeed, List<FileRead> reads) {
        this.source = source;
        this.version = version;
        this.ofFeed = ofFeed;
        this.reads = reads;
    }

    @Override
    public double shareDone() {
        return reads.isEmpty() ? 1 : (double) (current == null ? started : started - 1) / reads.size();
    }

    @Override
    public boolean hasNext() {
        while (next == null && (current != null || started < reads.size())) {
            advance();
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
        return batch;
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
        started = reads.size();
    }

    /// Reads one batch, or steps to the next file.
    private void advance() {
        FileRead read = reads.get(current == null ? started : started - 1);
        EntityMapper mapper = mappers.computeIfAbsent(read.state(), state -> source.mapper(state, version));
        boolean keysOnly = read instanceof FileRead.Whole whole && whole.type() == ChangeType.DELETE;
        try {
            if (current == null) {
                started++;
                current = new Batches(source.engine(), read, keysOnly ? mapper.keyColumns() : mapper.columns());
            }
            if (current.hasNext()) {
                Batch batch = current.next();
                List<EntityChange> changes = keysOnly ? mapper.deletions(batch) : mapper.changes(batch);
                next = changes.isEmpty() ? null : changes;
            } else {
                current.close();
                current = null;
            }
        } catch (RuntimeException failure) {
            throw source.failures().file(version, read.file().status().getPath(), ofFeed, failure);
        }
    }
}
