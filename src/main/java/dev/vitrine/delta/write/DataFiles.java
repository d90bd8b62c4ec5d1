package dev.vitrine.delta.write;

import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;

/// The Parquet files of one table: the only place here that reads and writes them.
///
/// @param key the columns whose values name a row
record DataFiles(Path table, StructType schema, List<String> key, Engine engine) {

    static Engine newEngine() {
        Configuration hadoop = new Configuration();
        // Hadoop's default lays a hidden .crc file beside every file; Parquet and the log check themselves.
        hadoop.set("fs.file.impl", RawLocalFileSystem.class.getName());
        hadoop.setBoolean("fs.file.impl.disable.cache", true);
        return DefaultEngine.create(hadoop);
    }

    /// Writes one file.
    ///
    /// @param folder in the table's folder, "" for data
    DataFile write(String folder, StructType columns, List<Row> rows) throws IOException {
        FilteredColumnarBatch batch = new FilteredColumnarBatch(ValueVector.batch(columns, rows), Optional.empty());
        Path target = table.resolve(folder);
        Files.createDirectories(target);
        List<DataFileStatus> written = engine.getParquetHandler()
                .writeParquetFiles(
                        target.toString(), Utils.singletonCloseableIterator(batch), columnsWithStatistics(columns))
                .toInMemoryList();
        if (written.size() != 1) {
            throw new IOException("%d rows became %d files in %s; write fewer rows in one commit"
                    .formatted(rows.size(), written.size(), target));
        }
        DataFileStatus file = written.getFirst();
        return new DataFile(
                Path.of(folder, Path.of(file.getPath()).getFileName().toString())
                        .toString(),
                file.getSize(),
                file.getModificationTime(),
                file.getStatistics()
                        .map(statistics -> statistics.serializeAsJson(columns))
                        .orElse(null),
                keysOf(rows));
    }

    List<Row> read(String path, long size, long modified, StructType columns) throws IOException {
        FileStatus file = FileStatus.of(table.resolve(path).toString(), size, modified);
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<FileReadResult> batches = engine.getParquetHandler()
                .readParquetFiles(Utils.singletonCloseableIterator(file), columns, Optional.empty())) {
            while (batches.hasNext()) {
                rows.addAll(Values.rows(batches.next().getData()));
            }
        }
        return rows;
    }

    /// The data files that the newest version names.
    List<DataFile> current() throws IOException {
        StructType keyColumns = new StructType(key.stream().map(schema::get).toList());
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterator<io.delta.kernel.data.Row> scanned =
                Utils.intoRows(TableManager.loadSnapshot(table.toString())
                        .build(engine)
                        .getScanBuilder()
                        .build()
                        .getScanFiles(engine, true))) {
            while (scanned.hasNext()) {
                io.delta.kernel.data.Row row = scanned.next();
                io.delta.kernel.data.Row add = row.getStruct(row.getSchema().indexOf("add"));
                String path = add.getString(add.getSchema().indexOf("path"));
                long size = add.getLong(add.getSchema().indexOf("size"));
                long modified = add.getLong(add.getSchema().indexOf("modificationTime"));
                int statistics = add.getSchema().indexOf("stats");
                Set<Row> keys = keysOf(read(path, size, modified, keyColumns));
                files.add(new DataFile(
                        path, size, modified, add.isNullAt(statistics) ? null : add.getString(statistics), keys));
            }
        }
        return files;
    }

    /// Deletes the files of a folder that are last written before a time, but for some.
    ///
    /// @param needed paths in the table's folder
    /// @param folder in the table's folder, "" for data
    void deleteAllBut(Set<String> needed, String folder, Instant before) throws IOException {
        if (Files.notExists(table.resolve(folder))) {
            return;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(table.resolve(folder), "*.parquet")) {
            for (Path file : found) {
                if (!needed.contains(table.relativize(file).toString())
                        && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.delete(file);
                }
            }
        }
    }

    Row keyOf(Row row) {
        return row.only(key);
    }

    private Set<Row> keysOf(List<Row> rows) {
        return rows.stream().map(this::keyOf).collect(Collectors.toSet());
    }

    private static List<Column> columnsWithStatistics(StructType columns) {
        return columns.fields().stream()
                .filter(field -> ordered(field.getDataType()))
                .map(StructField::getName)
                .map(Column::new)
                .toList();
    }

    private static boolean ordered(DataType type) {
        return !(type instanceof StructType
                || type instanceof ArrayType
                || type instanceof MapType
                || type instanceof BinaryType
                || type instanceof BooleanType);
    }
}
