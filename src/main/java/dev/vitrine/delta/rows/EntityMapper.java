package dev.vitrine.delta.rows;

import dev.vitrine.contract.Field;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.delta.DeltaSchema;
import dev.vitrine.delta.DeltaType;
import dev.vitrine.delta.DeltaType.Column;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityKey;
import io.delta.kernel.data.ColumnVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.SerializedString;

/// Rows of a table with one schema as changes of entities, the way a gold table wants them.
///
/// The pre-image of an update takes its row away and the post-image puts one in, because an update may change the key.
/// Where both have the same key and are in the same batch, as nearly always, they are one upsert.
public final class EntityMapper {

    /// A column that is served.
    ///
    /// @param slot where it is among the columns read, -1 if the table has none
    private record Served(SerializedString name, int slot, Cell cell) {}

    /// A scalar that the key or an index needs.
    ///
    /// @param served index of its column among those served
    /// @param members ordinals of the struct members that lead to it; empty for a plain column
    private record Picked(
            IndexedColumn column,
            int served,
            List<Integer> members,
            @Nullable ScalarReader reader) {}

    private final List<String> misfits;
    private final List<String> absent;
    private final List<Column> schema;
    private final List<Integer> columns = new ArrayList<>();
    private final List<Served> served = new ArrayList<>();
    private final List<Picked> key;
    private final List<Picked> indexed;
    private final List<Integer> keyColumns;
    private final DocumentWriter writer = new DocumentWriter();

    private EntityMapper(GoldTable table, List<Column> schema) {
        this.schema = schema;
        Set<String> keyNames = new HashSet<>();
        table.key().forEach(column -> keyNames.add(column.path().getFirst()));
        Cells cells = new Cells();
        List<String> problems = new ArrayList<>();
        for (Field field : table.columns()) {
            int ordinal = Cells.find(field.column(), schema);
            boolean inKey = keyNames.contains(field.column());
            if (inKey && ordinal < 0 && !field.required()) {
                problems.add("column %s is in the key, but the table has none".formatted(field.column()));
            }
            // a null in the key has a reason of its own
            Cell cell = cells.cell(field, ordinal, schema, field.column());
            served.add(new Served(
                    new SerializedString(field.column()),
                    ordinal < 0 ? -1 : columns.size(),
                    inKey && cell instanceof Cell.Required required ? required.value() : cell));
            if (ordinal >= 0) {
                columns.add(ordinal);
            }
        }
        problems.addAll(cells.misfits());
        misfits = List.copyOf(problems);
        absent = cells.absent();
        key = table.key().stream().map(column -> pick(column, table)).toList();
        indexed = table.indexed().stream().map(column -> pick(column, table)).toList();
        keyColumns = misfits.isEmpty()
                ? key.stream()
                        .map(picked -> columns.get(served.get(picked.served()).slot()))
                        .toList()
                : List.of();
    }

    /// Fits a gold table to a schema; see [#misfits].
    public static EntityMapper of(GoldTable table, DeltaSchema schema) {
        return new EntityMapper(table, schema.columns());
    }

    /// What keeps the table from being served; with any of them nothing else may be called.
    public List<String> misfits() {
        return misfits;
    }

    /// Optional columns that the table does not have, served as null.
    public List<String> absent() {
        return absent;
    }

    /// Ordinals of the columns that [#changes] wants in its batches.
    public List<Integer> columns() {
        return columns;
    }

    /// Ordinals of the columns that [#deletions] wants in its batches.
    public List<Integer> keyColumns() {
        return keyColumns;
    }

    /// The rows of a batch as changes.
    ///
    /// @param wholeRows whether deletes carry the row that is gone; then no pre-image is paired
    public List<EntityChange> changes(Batch batch, boolean wholeRows) {
        List<EntityChange> changes = new ArrayList<>(batch.size());
        Map<EntityKey, Integer> replaced = new HashMap<>();
        for (int row = 0; row < batch.size(); row++) {
            switch (batch.types().of(row)) {
                case null -> {}
                case INSERT -> changes.add(change(batch, row, true));
                case UPDATE_POSTIMAGE -> changes.add(change(batch, row, wholeRows));
                case UPDATE_PREIMAGE -> {
                    if (wholeRows) {
                        changes.add(deleted(batch, row));
                    } else {
                        key(batch, row, false).ifPresent(key -> replaced.merge(key, 1, Integer::sum));
                    }
                }
                case DELETE -> {
                    if (wholeRows) {
                        changes.add(deleted(batch, row));
                    } else {
                        key(batch, row, false).map(EntityChange.Deleted::new).ifPresent(changes::add);
                    }
                }
            }
        }
        pair(changes, replaced);
        return changes;
    }

    /// Makes post-images without a pre-image inserts, and pre-images without a post-image deletes.
    ///
    /// @param replaced how many pre-images there are by key
    private static void pair(List<EntityChange> changes, Map<EntityKey, Integer> replaced) {
        changes.replaceAll(change -> {
            if (change instanceof EntityChange.Upserted row && !row.insert()) {
                Integer left = replaced.computeIfPresent(row.key(), (key, count) -> count - 1);
                return left == null || left < 0
                        ? new EntityChange.Upserted(row.key(), row.document(), row.indexed(), true)
                        : row;
            }
            return change;
        });
        replaced.forEach((key, count) -> {
            for (int copy = 0; copy < count; copy++) {
                changes.add(new EntityChange.Deleted(key));
            }
        });
    }

    private EntityChange.Deleted deleted(Batch batch, int row) {
        return switch (change(batch, row, true)) {
            case EntityChange.Upserted served -> new EntityChange.Deleted(served.key(), served.document());
            case EntityChange.Unservable letter -> new EntityChange.Deleted(letter.key(), letter.row());
            case EntityChange.Deleted deleted -> deleted;
        };
    }

    /// The rows of a batch of key columns as deletes.
    public List<EntityChange> deletions(Batch batch) {
        List<EntityChange> changes = new ArrayList<>(batch.size());
        for (int row = 0; row < batch.size(); row++) {
            if (batch.types().of(row) != null) {
                key(batch, row, true).map(EntityChange.Deleted::new).ifPresent(changes::add);
            }
        }
        return changes;
    }

    private EntityChange change(Batch batch, int row, boolean insert) {
        @Nullable Object[] values = new @Nullable Object[served.size()];
        byte[] document;
        try {
            document = writer.write(json -> {
                json.writeStartObject();
                for (int index = 0; index < values.length; index++) {
                    Served column = served.get(index);
                    json.writeName(column.name());
                    if (column.slot() < 0) {
                        json.writeNull();
                    } else {
                        values[index] = column.cell().write(batch.columns().get(column.slot()), row, json);
                    }
                }
                json.writeEndObject();
            });
        } catch (ValueUnfit unfit) {
            return unservable(key(batch, row, false).orElse(null), unfit.reason(), unfit.getMessage(), batch, row);
        }
        List<Object> keys = new ArrayList<>(key.size());
        for (Picked picked : key) {
            Object value = value(picked, values, batch, row);
            if (value == null) {
                String detail = "column %s: null, though it is in the key"
                        .formatted(picked.column().path().getFirst());
                return unservable(null, Reason.NULL_KEY, detail, batch, row);
            }
            keys.add(value);
        }
        List<@Nullable Object> indexes = new ArrayList<>(indexed.size());
        for (Picked picked : indexed) {
            indexes.add(value(picked, values, batch, row));
        }
        return new EntityChange.Upserted(new EntityKey(keys), document, indexes, insert);
    }

    private EntityChange unservable(
            @Nullable EntityKey entityKey, Reason reason, @Nullable String detail, Batch batch, int row) {
        byte[] json =
                RowJson.write(batch, row, columns.stream().map(schema::get).toList());
        return new EntityChange.Unservable(entityKey, reason, String.valueOf(detail), json);
    }

    private @Nullable Object value(Picked picked, @Nullable Object[] values, Batch batch, int row) {
        Object read = picked.members().isEmpty() ? values[picked.served()] : nested(picked, batch, row);
        return read == null ? null : ScalarReader.value(picked.column().type(), read);
    }

    private @Nullable Object nested(Picked picked, Batch batch, int row) {
        int slot = served.get(picked.served()).slot();
        if (slot < 0 || picked.reader() == null) {
            return null;
        }
        ColumnVector vector = batch.columns().get(slot);
        for (int member : picked.members()) {
            if (vector.isNullAt(row)) {
                return null;
            }
            vector = vector.getChild(member);
        }
        return vector.isNullAt(row) ? null : picked.reader().read(vector, row);
    }

    /// The key of a row; empty if a part of it is null or cannot be read: such a row was never served.
    private Optional<EntityKey> key(Batch batch, int row, boolean keyBatch) {
        List<Object> values = new ArrayList<>(key.size());
        for (int index = 0; index < key.size(); index++) {
            Picked picked = key.get(index);
            int slot = keyBatch ? index : served.get(picked.served()).slot();
            ColumnVector vector = batch.columns().get(slot);
            try {
                Object read = vector.isNullAt(row) || picked.reader() == null
                        ? null
                        : picked.reader().read(vector, row);
                if (read == null) {
                    return Optional.empty();
                }
                values.add(ScalarReader.value(picked.column().type(), read));
            } catch (ValueUnfit unfit) {
                return Optional.empty();
            }
        }
        return Optional.of(new EntityKey(values));
    }

    private Picked pick(IndexedColumn column, GoldTable table) {
        String first = column.path().getFirst();
        int index = table.columns().stream().map(Field::column).toList().indexOf(first);
        int ordinal = Cells.find(first, schema);
        List<Integer> members = new ArrayList<>();
        DeltaType type = ordinal < 0
                ? new DeltaType.Unsupported("absent")
                : schema.get(ordinal).type();
        for (String name : column.path().subList(1, column.path().size())) {
            int member = type instanceof DeltaType.Struct struct ? Cells.find(name, struct.members()) : -1;
            members.add(member);
            type = member >= 0 && type instanceof DeltaType.Struct struct
                    ? struct.members().get(member).type()
                    : new DeltaType.Unsupported("absent");
        }
        return new Picked(
                column,
                index,
                List.copyOf(members),
                ScalarReader.of(column.type(), type, String.join(".", column.path()))
                        .orElse(null));
    }
}
