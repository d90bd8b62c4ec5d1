package dev.vitrine.delta;

import dev.vitrine.entity.EntityChange;
import java.util.Iterator;
import java.util.List;

/// Batches of changes read from files. The reader closes it.
public interface Rows extends Iterator<List<EntityChange>>, AutoCloseable {

    /// Share of the files that are read, 0 to 1.
    double shareDone();

    @Override
    void close();
}
