package dev.vitrine.delta.kernel;

import dev.vitrine.delta.DeltaSchema;
import io.delta.kernel.CommitActions;
import io.delta.kernel.CommitRange;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.internal.DeltaLogActionUtils.DeltaAction;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.TableConfig;
import io.delta.kernel.internal.actions.AddCDCFile;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.RemoveFile;
import io.delta.kernel.internal.data.StructRow;
import io.delta.kernel.internal.deletionvectors.DeletionVectorUtils;
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.internal.util.PartitionUtils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The only class that touches Kernel's internal packages, which may change with every release: Kernel has no public
/// way to what a commit did to rows. To be looked at when Kernel's version changes.
final class KernelInternals {

    private static final Set<DeltaAction> ACTIONS =
            Set.of(DeltaAction.ADD, DeltaAction.REMOVE, DeltaAction.CDC, DeltaAction.METADATA);

    private static final JsonMapper JSON = JsonMapper.shared();

    private KernelInternals() {}

    /// The file actions of one commit that change data, and its metadata if it sets them.
    record Actions(List<Added> added, List<Removed> removed, List<DataFile> told, Optional<TableState> state) {

        record Added(String path, DataFile file) {}

        /// @param described whether the log says in which partition the file was; old writers left that out, and the
        /// size
        record Removed(String path, DataFile file, boolean described) {}
    }

    /// The commit file of a snapshot's version as it was listed before it was read: what a writer appends to it later
    /// shows.
    static FileStatus commitFile(Snapshot snapshot) {
        return ((SnapshotImpl) snapshot).getLogSegment().getDeltaFileAtEndVersion();
    }

    static TableState state(Snapshot snapshot) {
        return state(((SnapshotImpl) snapshot).getMetadata(), snapshot.getPath());
    }

    private static TableState state(Metadata metadata, String root) {
        StructType schema = metadata.getSchema();
        List<StructField> logical = schema.fields();
        List<StructField> physical = metadata.getPhysicalSchema().fields();
        Set<String> partitionNames = metadata.getPartitionColNames();
        List<String> partitionColumns = VectorUtils.toJavaList(metadata.getPartitionColumns());
        Set<String> partition = new HashSet<>();
        for (int column = 0; column < logical.size(); column++) {
            if (partitionNames.contains(logical.get(column).getName().toLowerCase(Locale.ROOT))) {
                partition.add(physical.get(column).getName());
            }
        }
        DeltaSchema described = new DeltaSchema(
                metadata.getId(),
                DeltaTypes.columns(schema),
                partitionColumns,
                metadata.getName(),
                metadata.getDescription(),
                TableConfig.CHANGE_DATA_FEED_ENABLED.fromMetadata(metadata));
        String highestId = metadata.getConfiguration().getOrDefault("delta.columnMapping.maxColumnId", "0");
        return new TableState(root, described, logical, physical, Set.copyOf(partition), Long.parseLong(highestId));
    }

    /// The files that hold the rows of a snapshot.
    ///
    /// @param rows how many they are; empty where the log has no statistics of a file
    record SnapshotFiles(List<DataFile> all, OptionalLong rows) {}

    static SnapshotFiles files(Snapshot snapshot, Engine engine) throws IOException {
        ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
        List<DataFile> files = new ArrayList<>();
        long counted = 0;
        boolean allCounted = true;
        try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine, true)) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getRows()) {
                    while (rows.hasNext()) {
                        Row row = rows.next();
                        DeletionVectorDescriptor dead = InternalScanFileUtils.getDeletionVectorDescriptorFromRow(row);
                        files.add(new DataFile(
                                InternalScanFileUtils.getAddFileStatus(row),
                                InternalScanFileUtils.getPartitionValues(row),
                                deleted(dead, snapshot.getPath(), engine)));
                        OptionalLong records = records(row.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL));
                        allCounted &= records.isPresent();
                        counted += records.orElse(0) - (dead == null ? 0 : dead.getCardinality());
                    }
                }
            }
        }
        return new SnapshotFiles(files, allCounted ? OptionalLong.of(counted) : OptionalLong.empty());
    }

    /// The number of rows in a file, dead ones too.
    private static OptionalLong records(Row add) {
        int statistics = InternalScanFileUtils.ADD_FILE_STATS_ORDINAL;
        if (add.isNullAt(statistics)) {
            return OptionalLong.empty();
        }
        JsonNode records = JSON.readTree(add.getString(statistics)).path("numRecords");
        return records.isIntegralNumber() ? OptionalLong.of(records.longValue()) : OptionalLong.empty();
    }

    static CloseableIterator<CommitActions> commits(CommitRange range, Engine engine) {
        return range.getCommitActions(engine, ACTIONS);
    }

    /// Reads a commit to its end, so that a commit that is only half there is noticed before any row is delivered.
    static Actions actions(CommitActions commit, String root, Engine engine) throws IOException {
        List<Actions.Added> added = new ArrayList<>();
        List<Actions.Removed> removed = new ArrayList<>();
        List<DataFile> told = new ArrayList<>();
        @Nullable TableState state = null;
        try (CloseableIterator<ColumnarBatch> batches = commit.getActions()) {
            while (batches.hasNext()) {
                ColumnarBatch batch = batches.next();
                ColumnVector adds = column(batch, DeltaAction.ADD);
                ColumnVector removes = column(batch, DeltaAction.REMOVE);
                ColumnVector changes = column(batch, DeltaAction.CDC);
                ColumnVector metadata = column(batch, DeltaAction.METADATA);
                for (int row = 0; row < batch.getSize(); row++) {
                    if (!adds.isNullAt(row)) {
                        AddFile add = new AddFile(StructRow.fromStructVector(adds, row));
                        if (add.getDataChange()) {
                            added.add(new Actions.Added(add.getPath(), file(add, root, engine)));
                        }
                    } else if (!removes.isNullAt(row)) {
                        RemoveFile remove = new RemoveFile(StructRow.fromStructVector(removes, row));
                        if (remove.getDataChange()) {
                            removed.add(new Actions.Removed(
                                    remove.getPath(),
                                    file(remove, root, engine),
                                    remove.getPartitionValues().isPresent()));
                        }
                    } else if (!changes.isNullAt(row)) {
                        told.add(changeFile(StructRow.fromStructVector(changes, row), root));
                    } else if (!metadata.isNullAt(row)) {
                        state = state(Metadata.fromColumnVector(metadata, row), root);
                    }
                }
            }
        }
        return new Actions(added, removed, told, Optional.ofNullable(state));
    }

    /// The value of a partition column; null or empty text is null, whatever the type. A column that was widened from
    /// date keeps dates as texts.
    static Literal partitionValue(DataType type, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Literal.ofNull(type);
        }
        boolean widened = type instanceof TimestampNTZType && text.length() == "2026-01-01".length();
        return PartitionUtils.literalForPartitionValue(type, widened ? text + " 00:00:00" : text);
    }

    private static ColumnVector column(ColumnarBatch batch, DeltaAction action) {
        return batch.getColumnVector(batch.getSchema().indexOf(action.colName));
    }

    private static DataFile file(AddFile add, String root, Engine engine) {
        return new DataFile(
                status(root, add.getPath(), add.getSize(), add.getModificationTime()),
                VectorUtils.toJavaMap(add.getPartitionValues()),
                deleted(add.getDeletionVector().orElse(null), root, engine));
    }

    private static DataFile file(RemoveFile remove, String root, Engine engine) {
        return new DataFile(
                status(root, remove.getPath(), remove.getSize().orElse(0L), 0),
                remove.getPartitionValues()
                        .map(VectorUtils::<String, String>toJavaMap)
                        .orElse(Map.of()),
                deleted(remove.getDeletionVector().orElse(null), root, engine));
    }

    private static DataFile changeFile(Row change, String root) {
        StructType schema = AddCDCFile.FULL_SCHEMA;
        MapValue partition = change.getMap(schema.indexOf("partitionValues"));
        return new DataFile(
                status(root, change.getString(schema.indexOf("path")), change.getLong(schema.indexOf("size")), 0),
                VectorUtils.toJavaMap(partition),
                null);
    }

    /// Paths in the log are URIs, relative to the table or absolute.
    private static FileStatus status(String root, String path, long size, long modified) {
        return FileStatus.of(new Path(new Path(root), new Path(URI.create(path))).toString(), size, modified);
    }

    private static @Nullable Supplier<LongPredicate> deleted(
            @Nullable DeletionVectorDescriptor vector, String root, Engine engine) {
        return vector == null ? null : () -> DeletionVectorUtils.loadNewDvAndBitmap(engine, root, vector)._2::contains;
    }
}
