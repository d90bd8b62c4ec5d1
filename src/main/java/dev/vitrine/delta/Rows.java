package dev.vitrine.delta;

import dev.vitrine.entity.EntityChange;
import java.util.Iterator;
import java.util.List;

/// Batches of changes read from files. The reader closes it.
public interface Rows extends Iterator<List<EntityChange>>, AutoCloseable {

    /// How many files, skipped ones among them, are read to their end by the batches handed out so far. It rises with
    /// a batch that ends a file, and then these batches are the rows of exactly those files; and at the end of all
    /// rows.
    int filesDone();

    /// Share of the files that are done, 0 to 1.
    double shareDone();

    @Override
    void close();
}
