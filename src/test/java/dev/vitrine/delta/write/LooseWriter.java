package dev.vitrine.delta.write;

import dev.vitrine.delta.write.CommitLog.Action;
import io.delta.kernel.TableManager;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Writes commits to a small Delta table in every way that the format allows and [DeltaWriter] does not need: keys are
/// nothing to it, so rows may be there twice or lack them; a commit may come without change files; files may be
/// rewritten without a change; columns may be added and the feed switched. The rows of the table are kept in memory.
///
/// Rows are told apart by identity: what is updated or deleted is one of [#rows].
public final class LooseWriter {

    private static final int COMMITS_BETWEEN_CHECKPOINTS = 20;
    private static final String CHANGE_TYPE = "_change_type";

    private record Holding(DataFile file, List<Row> rows) {}

    private final CommitLog log;
    private final Random random;
    private final int rowsOfAFile;
    private final Map<String, Object> metadata;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private DataFiles files;
    private List<Holding> current = List.of();
    private long version;

    private LooseWriter(Path table, StructType schema, Random random, int rowsOfAFile) throws IOException {
        this.files = new DataFiles(table, schema, List.of(), DataFiles.newEngine());
        this.log = new CommitLog(table);
        this.random = random;
        this.rowsOfAFile = rowsOfAFile;
        properties.put("delta.enableChangeDataFeed", "true");
        List<Action> creation = CommitLog.creation(schema, properties);
        metadata = new LinkedHashMap<>(creation.getLast().body());
        log.commit(0, "CREATE TABLE", creation);
    }

    /// Makes an empty table whose feed is on: version 0.
    ///
    /// @param columns as [DeltaWriter#create] takes them
    /// @param random decides how rows spread over files
    /// @param rowsOfAFile at most
    public static LooseWriter create(Path table, String columns, Random random, int rowsOfAFile) throws IOException {
        return new LooseWriter(table.toAbsolutePath(), ColumnList.parse(columns), random, rowsOfAFile);
    }

    /// The version written last.
    public long version() {
        return version;
    }

    /// All rows, in no order.
    public List<Row> rows() {
        return current.stream().flatMap(holding -> holding.rows().stream()).toList();
    }

    /// The rows file by file.
    public List<List<Row>> rowsByFile() {
        return current.stream().map(Holding::rows).toList();
    }

    /// Adds a version with these changes and returns it.
    ///
    /// @param updates rows by the rows they replace
    /// @param changeFiles whether change files tell what happened, as they do after MERGE, UPDATE and DELETE; else
    /// files
    /// that hold changed rows are removed and written anew and their rows count as deleted and inserted, as after
    /// INSERT OVERWRITE
    public long commit(List<Row> inserts, Map<Row, Row> updates, Collection<Row> deletes, boolean changeFiles)
            throws IOException {
        Map<Row, @Nullable Row> replaced = new IdentityHashMap<>(updates);
        deletes.forEach(row -> replaced.put(row, null));
        List<Action> actions = new ArrayList<>();
        List<Holding> after = new ArrayList<>();
        List<Row> written = new ArrayList<>(inserts);
        List<Row> changed = new ArrayList<>();
        for (Holding holding : current) {
            if (holding.rows().stream().noneMatch(replaced::containsKey)) {
                after.add(holding);
                continue;
            }
            actions.add(CommitLog.remove(holding.file()));
            for (Row row : holding.rows()) {
                Row now = replaced.getOrDefault(row, row);
                if (now == null) {
                    changed.add(row.with(CHANGE_TYPE, "delete"));
                } else {
                    written.add(now);
                    if (now != row) {
                        changed.add(row.with(CHANGE_TYPE, "update_preimage"));
                        changed.add(now.with(CHANGE_TYPE, "update_postimage"));
                    }
                }
            }
        }
        write(written, true, actions, after);
        if (changeFiles && !changed.isEmpty()) {
            inserts.forEach(row -> changed.add(row.with(CHANGE_TYPE, "insert")));
            tell(changed, actions);
        }
        return commit(changeFiles ? "MERGE" : "WRITE", actions, after);
    }

    /// Adds a version with the same rows in other files, as OPTIMIZE does.
    public long compact() throws IOException {
        List<Action> actions = new ArrayList<>();
        List<Holding> after = new ArrayList<>();
        current.forEach(holding -> actions.add(unchanged(CommitLog.remove(holding.file()))));
        write(rows(), false, actions, after);
        return commit("OPTIMIZE", actions, after);
    }

    /// Adds a version with one more column, which is null in all rows so far.
    ///
    /// @param column such as `tier string`
    public long addColumn(String column) throws IOException {
        StructType wider = files.schema();
        for (StructField field : ColumnList.parse(column).fields()) {
            wider = wider.add(field);
        }
        files = new DataFiles(files.table(), wider, List.of(), files.engine());
        metadata.put("schemaString", wider.toJson());
        return commit("ADD COLUMNS", List.of(new Action("metaData", Map.copyOf(metadata))), current);
    }

    /// Adds a version that switches the feed. While it is off, commits have no change files.
    public long feed(boolean on) throws IOException {
        properties.put("delta.enableChangeDataFeed", Boolean.toString(on));
        metadata.put("configuration", Map.copyOf(properties));
        return commit("SET TBLPROPERTIES", List.of(new Action("metaData", Map.copyOf(metadata))), current);
    }

    private long commit(String operation, List<Action> actions, List<Holding> after) throws IOException {
        log.commit(version + 1, operation, actions);
        version++;
        current = List.copyOf(after);
        if (version % COMMITS_BETWEEN_CHECKPOINTS == 0) {
            TableManager.loadSnapshot(files.table().toString())
                    .build(files.engine())
                    .writeCheckpoint(files.engine());
        }
        return version;
    }

    private void write(List<Row> rows, boolean changes, List<Action> actions, List<Holding> after) throws IOException {
        List<Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);
        for (int from = 0; from < shuffled.size(); from += rowsOfAFile) {
            List<Row> some = List.copyOf(shuffled.subList(from, Math.min(shuffled.size(), from + rowsOfAFile)));
            DataFile file = files.write("", files.schema(), some);
            Action add = CommitLog.add(file);
            actions.add(changes ? add : unchanged(add));
            after.add(new Holding(file, some));
        }
    }

    /// One change file or two: the images of one update may lie in different ones.
    private void tell(List<Row> changed, List<Action> actions) throws IOException {
        Collections.shuffle(changed, random);
        int cut = random.nextInt(3) == 0 ? random.nextInt(changed.size()) : 0;
        StructType columns = files.schema().add(CHANGE_TYPE, StringType.STRING);
        for (List<Row> part : List.of(changed.subList(0, cut), changed.subList(cut, changed.size()))) {
            if (!part.isEmpty()) {
                actions.add(CommitLog.cdc(files.write("_change_data", columns, part)));
            }
        }
    }

    private static Action unchanged(Action action) {
        Map<String, Object> body = new LinkedHashMap<>(action.body());
        body.put("dataChange", false);
        return new Action(action.name(), body);
    }
}
