package dev.vitrine.delta.write;

import dev.vitrine.delta.write.CommitLog.Action;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes commits to a small unpartitioned Delta table whose change feed is on, by rewriting the files that hold
/// changed rows. One thread at a time; a second writer of the same table fails at its commit.
///
/// ```java
/// DeltaWriter table = DeltaWriter.create(path, "id bigint not null, name string", List.of("id"));
/// table.commit(Changes.inserting(List.of(Row.of("id", 1L, "name", "Ada"))));
/// table.commit(new Changes(List.of(), List.of(Row.of("id", 1L, "name", "Grace")), List.of()));
/// ```
public final class DeltaWriter {

    private static final int ROWS_OF_A_FILE = 250;
    private static final int COMMITS_BETWEEN_CHECKPOINTS = 10;
    private static final Duration A_MONTH = Duration.ofDays(30);
    private static final String CHANGES_FOLDER = "_change_data";
    private static final String CHANGE_TYPE = "_change_type";

    private final DataFiles files;
    private final CommitLog log;
    private final StructType changeColumns;
    private final List<DataFile> current;
    private long version;

    private DeltaWriter(DataFiles files, List<DataFile> current, long version) {
        this.files = files;
        this.log = new CommitLog(files.table());
        this.changeColumns = files.schema().add(CHANGE_TYPE, StringType.STRING);
        this.current = new ArrayList<>(current);
        this.version = version;
    }

    /// Makes an empty table: version 0.
    ///
    /// @param columns as in Spark's SQL: `id bigint not null, lines array<struct<part: bigint, price: decimal(12,2)>>`
    /// @param key the columns whose values name a row
    public static DeltaWriter create(Path table, String columns, List<String> key) throws IOException {
        return create(table, columns, key, A_MONTH);
    }

    /// Makes an empty table whose older versions cannot be read for longer than `history`: checkpoints drop commits
    /// that nobody can ask for any more, and [#vacuum] the files.
    public static DeltaWriter create(Path table, String columns, List<String> key, Duration history)
            throws IOException {
        StructType schema = ColumnList.parse(columns);
        DeltaWriter writer = new DeltaWriter(
                new DataFiles(table.toAbsolutePath(), schema, List.copyOf(key), DataFiles.newEngine()), List.of(), 0);
        String interval = "interval %d seconds".formatted(history.toSeconds());
        writer.log.commit(
                0,
                "CREATE TABLE",
                CommitLog.creation(
                        schema,
                        Map.of(
                                "delta.enableChangeDataFeed", "true",
                                "delta.logRetentionDuration", interval,
                                "delta.deletedFileRetentionDuration", interval)));
        return writer;
    }

    /// Goes on with a table that [#create] made.
    public static DeltaWriter open(Path table, List<String> key) throws IOException {
        Engine engine = DataFiles.newEngine();
        Snapshot snapshot =
                TableManager.loadSnapshot(table.toAbsolutePath().toString()).build(engine);
        DataFiles files = new DataFiles(table.toAbsolutePath(), snapshot.getSchema(), List.copyOf(key), engine);
        return new DeltaWriter(files, files.current(), snapshot.getVersion());
    }

    /// The version written last.
    public long version() {
        return version;
    }

    /// The keys of all rows.
    public Set<Row> keys() {
        Set<Row> keys = new HashSet<>();
        current.forEach(file -> keys.addAll(file.keys()));
        return keys;
    }

    /// The rows of these keys, in no order.
    public List<Row> rows(Set<Row> keys) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (DataFile file : current) {
            if (file.keys().stream().anyMatch(keys::contains)) {
                read(file).stream()
                        .filter(row -> keys.contains(files.keyOf(row)))
                        .forEach(rows::add);
            }
        }
        return rows;
    }

    /// Adds a version with these changes and returns it.
    ///
    /// @throws IllegalArgumentException a key to update or delete is not there
    public long commit(Changes changes) throws IOException {
        Map<Row, Row> updates = new HashMap<>();
        changes.updates().forEach(row -> updates.put(files.keyOf(row), row));
        Set<Row> deletes = new HashSet<>(changes.deletes());
        refuseUnknown(updates.keySet(), deletes);

        List<Action> actions = new ArrayList<>();
        List<DataFile> after = new ArrayList<>();
        List<Row> fresh = new ArrayList<>(changes.inserts());
        List<Row> changed = new ArrayList<>();
        for (DataFile file : current) {
            if (file.keys().stream().noneMatch(key -> updates.containsKey(key) || deletes.contains(key))) {
                after.add(file);
                continue;
            }
            actions.add(CommitLog.remove(file));
            List<Row> rows = new ArrayList<>();
            for (Row row : read(file)) {
                Row update = updates.get(files.keyOf(row));
                if (update != null) {
                    rows.add(update);
                    changed.add(row.with(CHANGE_TYPE, "update_preimage"));
                    changed.add(update.with(CHANGE_TYPE, "update_postimage"));
                } else if (deletes.contains(files.keyOf(row))) {
                    changed.add(row.with(CHANGE_TYPE, "delete"));
                } else {
                    rows.add(row);
                }
            }
            // New rows fill the room in files that are rewritten anyway, so that their number stays what it is.
            while (!fresh.isEmpty() && rows.size() < ROWS_OF_A_FILE) {
                rows.add(fresh.removeLast());
            }
            write(rows, actions, after);
        }
        write(fresh, actions, after);
        boolean rewrites = !changed.isEmpty();
        if (rewrites) {
            changes.inserts().forEach(row -> changed.add(row.with(CHANGE_TYPE, "insert")));
            actions.add(CommitLog.cdc(files.write(CHANGES_FOLDER, changeColumns, changed)));
        }
        log.commit(version + 1, rewrites ? "MERGE" : "WRITE", actions);
        version++;
        current.clear();
        current.addAll(after);
        checkpoint();
        return version;
    }

    /// Deletes data and change files that are older than `history` and that neither the newest version nor any commit
    /// in the log names: no version within the history needs them.
    public void vacuum(Duration history) throws IOException {
        Set<String> needed = log.named();
        current.forEach(file -> needed.add(file.path()));
        Instant before = Instant.now().minus(history);
        files.deleteAllBut(needed, "", before);
        files.deleteAllBut(needed, CHANGES_FOLDER, before);
    }

    private void write(List<Row> rows, List<Action> actions, List<DataFile> after) throws IOException {
        for (int from = 0; from < rows.size(); from += ROWS_OF_A_FILE) {
            DataFile file =
                    files.write("", files.schema(), rows.subList(from, Math.min(rows.size(), from + ROWS_OF_A_FILE)));
            actions.add(CommitLog.add(file));
            after.add(file);
        }
    }

    private void refuseUnknown(Set<Row> updates, Set<Row> deletes) {
        Set<Row> unknown = new HashSet<>(updates);
        unknown.addAll(deletes);
        current.forEach(file -> unknown.removeAll(file.keys()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("%s has no rows with the keys %s".formatted(files.table(), unknown));
        }
    }

    private List<Row> read(DataFile file) throws IOException {
        return files.read(file.path(), file.size(), file.modified(), files.schema());
    }

    private void checkpoint() throws IOException {
        if (version % COMMITS_BETWEEN_CHECKPOINTS == 0) {
            TableManager.loadSnapshot(files.table().toString())
                    .build(files.engine())
                    .writeCheckpoint(files.engine());
        }
    }
}
