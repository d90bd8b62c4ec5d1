package dev.vitrine.delta.kernel;

import dev.vitrine.delta.rows.Batch;
import dev.vitrine.delta.rows.ChangeType;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// Reads one file batch by batch.
final class Batches implements Iterator<Batch>, AutoCloseable {

    private static final String CHANGE_TYPE = "_change_type";

    private final DeltaEngine engine;
    private final FileRead read;
    private final List<Integer> columns;
    private final CloseableIterator<ColumnarBatch> source;
    private @Nullable LongPredicate deleted;
    private @Nullable LongPredicate deletedBefore;

    /// @param columns ordinals in the logical schema of the file's state
    Batches(DeltaEngine engine, FileRead read, List<Integer> columns) {
        this.engine = engine;
        this.read = read;
        this.columns = columns;
        try {
            this.source = engine.read(read.file().status(), stored());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public boolean hasNext() {
        return source.hasNext();
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ColumnarBatch batch = source.next();
        List<ColumnVector> vectors = new ArrayList<>(columns.size());
        int stored = 0;
        for (int column : columns) {
            vectors.add(read.state().isPartition(column) ? partition(column, batch) : batch.getColumnVector(stored++));
        }
        return new Batch(vectors, batch.getSize(), types(batch));
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The physical columns, then what is needed to tell the meaning of a row.
    private StructType stored() {
        StructType stored = read.state().stored(columns);
        return switch (read) {
            case FileRead.Whole whole ->
                whole.file().deleted() == null && stored.length() > 0
                        ? stored
                        : stored.add(StructField.DEFAULT_ROW_INDEX_COLUMN);
            case FileRead.Revised revised -> stored.add(StructField.DEFAULT_ROW_INDEX_COLUMN);
            case FileRead.Told told -> stored.add(CHANGE_TYPE, StringType.STRING);
        };
    }

    private Batch.Types types(ColumnarBatch batch) {
        ColumnVector last = batch.getColumnVector(batch.getSchema().length() - 1);
        return switch (read) {
            case FileRead.Whole whole -> {
                if (whole.file().deleted() == null) {
                    yield row -> whole.type();
                }
                LongPredicate dead = deleted();
                yield row -> dead.test(last.getLong(row)) ? null : whole.type();
            }
            case FileRead.Revised revised -> {
                LongPredicate dead = deleted();
                LongPredicate deadBefore = deletedBefore(revised);
                yield row -> {
                    long index = last.getLong(row);
                    boolean isDead = dead.test(index);
                    boolean wasDead = deadBefore.test(index);
                    return isDead == wasDead ? null : isDead ? ChangeType.DELETE : ChangeType.INSERT;
                };
            }
            case FileRead.Told told -> row -> ChangeType.of(last.getString(row));
        };
    }

    private LongPredicate deleted() {
        LongPredicate loaded = deleted == null ? read.file().deletedRows() : deleted;
        deleted = loaded;
        return loaded;
    }

    private LongPredicate deletedBefore(FileRead.Revised revised) {
        LongPredicate loaded = deletedBefore == null ? revised.deletedBefore() : deletedBefore;
        deletedBefore = loaded;
        return loaded;
    }

    private ColumnVector partition(int column, ColumnarBatch batch) {
        StructField field = read.state().logical().get(column);
        String text =
                read.file().partition().get(read.state().physical().get(column).getName());
        return engine.kernel()
                .getExpressionHandler()
                .getEvaluator(
                        batch.getSchema(),
                        KernelInternals.partitionValue(field.getDataType(), text),
                        field.getDataType())
                .eval(batch);
    }
}
