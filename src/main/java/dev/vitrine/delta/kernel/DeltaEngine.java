package dev.vitrine.delta.kernel;

import io.delta.kernel.CommitRange;
import io.delta.kernel.CommitRangeBuilder.CommitBoundary;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/// The one place that chooses how files are listed, read and decoded. Threads may share it.
///
/// Paths are Hadoop's: decoded, so that a `%` is a `%`; they are no valid URIs.
final class DeltaEngine {

    private static final Pattern URI_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

    private final Engine engine;

    DeltaEngine(Map<String, String> hadoop) {
        Configuration configuration = new Configuration();
        // a damaged page is noticed, not decoded into other values
        configuration.setBoolean("parquet.page.verify-checksum.enabled", true);
        hadoop.forEach(configuration::set);
        engine = DefaultEngine.create(configuration);
    }

    /// What Kernel calls the engine.
    Engine kernel() {
        return engine;
    }

    /// The path of a table. A plain path counts from the working directory; a `file:` URI is decoded; any other URI is
    /// taken as it stands, as Spark does.
    static String path(String location) {
        if (!URI_SCHEME.matcher(location).matches()) {
            return Path.of(location).toAbsolutePath().normalize().toString();
        }
        if (location.startsWith("file:")) {
            try {
                return Path.of(URI.create(location).getPath()).normalize().toString();
            } catch (IllegalArgumentException notEncoded) {
                return Path.of(location.substring("file:".length())).normalize().toString();
            }
        }
        return location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
    }

    Snapshot snapshot(String path) {
        return TableManager.loadSnapshot(path).build(engine);
    }

    Snapshot snapshot(String path, long version) {
        return TableManager.loadSnapshot(path).atVersion(version).build(engine);
    }

    CommitRange commits(String path, long from, long to) {
        return TableManager.loadCommitRange(path, CommitBoundary.atVersion(from))
                .withEndBoundary(CommitBoundary.atVersion(to))
                .build(engine);
    }

    /// The files of a folder whose names are not before this one's, in the order of their names.
    CloseableIterator<FileStatus> listFrom(String file) throws IOException {
        return engine.getFileSystemClient()
                .listFrom(engine.getFileSystemClient().resolvePath(file));
    }

    /// The columns of a schema, as they are named in the file; a column that is not in the file is null.
    ///
    /// @param file of unknown size where that is 0
    CloseableIterator<ColumnarBatch> read(FileStatus file, StructType columns) throws IOException {
        FileStatus sized =
                file.getSize() > 0 ? file : engine.getFileSystemClient().getFileStatus(file.getPath());
        return engine.getParquetHandler()
                .readParquetFiles(new One<>(sized), columns, Optional.empty())
                .map(FileReadResult::getData);
    }

    private static final class One<T> implements CloseableIterator<T> {

        private final T only;
        private boolean taken;

        One(T only) {
            this.only = only;
        }

        @Override
        public boolean hasNext() {
            return !taken;
        }

        @Override
        public T next() {
            if (taken) {
                throw new NoSuchElementException();
            }
            taken = true;
            return only;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
