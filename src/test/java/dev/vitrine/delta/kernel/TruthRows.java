package dev.vitrine.delta.kernel;

import dev.vitrine.delta.DeltaType;
import dev.vitrine.delta.DeltaType.Column;
import dev.vitrine.delta.DeltaType.Primitive;
import dev.vitrine.delta.rows.Batch;
import dev.vitrine.delta.rows.ChangeType;
import io.delta.kernel.data.ColumnVector;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Rows in the form in which Spark's truth is written (see README of the shared tables).
final class TruthRows {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private TruthRows() {}

    /// All rows that these files hold, with all columns.
    static List<ObjectNode> of(DeltaEngine engine, List<FileRead> reads) {
        List<ObjectNode> rows = new ArrayList<>();
        read(engine, reads, (type, row) -> rows.add(row));
        return rows;
    }

    /// All changes that these files hold, as the feed shows them.
    static List<ObjectNode> changes(DeltaEngine engine, long version, List<FileRead> reads) {
        List<ObjectNode> rows = new ArrayList<>();
        read(engine, reads, (type, row) -> {
            row.put("_change_type", type.text());
            row.put("_commit_version", version);
            rows.add(row);
        });
        return rows;
    }

    /// A line of a truth file, without what a copy of the table changes.
    static ObjectNode parse(String line) {
        ObjectNode row = (ObjectNode) MAPPER.readTree(line);
        row.remove("_commit_timestamp");
        return row;
    }

    /// The same row without nulls and with members by name: for comparisons where truth shows an old row in a newer
    /// schema.
    static ObjectNode compact(ObjectNode row) {
        ObjectNode kept = JSON.objectNode();
        row.properties().stream().sorted(Map.Entry.comparingByKey()).forEach(member -> {
            if (!member.getValue().isNull()) {
                kept.set(
                        member.getKey(),
                        member.getValue() instanceof ObjectNode inner ? compact(inner) : member.getValue());
            }
        });
        return kept;
    }

    private static void read(DeltaEngine engine, List<FileRead> reads, BiConsumer<ChangeType, ObjectNode> each) {
        for (FileRead read : reads) {
            List<Column> columns = read.state().schema().columns();
            List<Integer> all = IntStream.range(0, columns.size()).boxed().toList();
            try (Batches batches = new Batches(engine, read, all)) {
                while (batches.hasNext()) {
                    Batch batch = batches.next();
                    for (int row = 0; row < batch.size(); row++) {
                        ChangeType type = batch.types().of(row);
                        if (type != null) {
                            each.accept(type, row(batch, columns, row));
                        }
                    }
                }
            }
        }
    }

    private static ObjectNode row(Batch batch, List<Column> columns, int row) {
        ObjectNode object = JSON.objectNode();
        for (int index = 0; index < columns.size(); index++) {
            Column column = columns.get(index);
            object.set(column.name(), value(column.type(), batch.columns().get(index), row));
        }
        return object;
    }

    private static @Nullable JsonNode value(DeltaType type, ColumnVector vector, int row) {
        if (vector.isNullAt(row)) {
            return JSON.nullNode();
        }
        return switch (type) {
            case Primitive primitive -> primitive(primitive, vector, row);
            case DeltaType.Decimal decimal ->
                JSON.stringNode(vector.getDecimal(row).toPlainString());
            case DeltaType.Struct struct -> {
                ObjectNode object = JSON.objectNode();
                for (int index = 0; index < struct.members().size(); index++) {
                    Column member = struct.members().get(index);
                    object.set(member.name(), value(member.type(), vector.getChild(index), row));
                }
                yield object;
            }
            case DeltaType.Array array -> {
                ArrayNode items = JSON.arrayNode();
                for (int index = 0; index < vector.getArray(row).getSize(); index++) {
                    items.add(value(array.items(), vector.getArray(row).getElements(), index));
                }
                yield items;
            }
            case DeltaType.Map map -> {
                List<ArrayNode> pairs = new ArrayList<>();
                for (int index = 0; index < vector.getMap(row).getSize(); index++) {
                    pairs.add(JSON.arrayNode()
                            .add(value(map.keys(), vector.getMap(row).getKeys(), index))
                            .add(value(map.values(), vector.getMap(row).getValues(), index)));
                }
                pairs.sort(Comparator.comparing(JsonNode::toString));
                yield JSON.arrayNode().addAll(pairs);
            }
            case DeltaType.Unsupported unsupported -> throw new IllegalArgumentException(unsupported.text());
        };
    }

    private static JsonNode primitive(Primitive type, ColumnVector vector, int row) {
        return switch (type) {
            case STRING -> JSON.stringNode(vector.getString(row));
            case BYTE -> JSON.numberNode((int) vector.getByte(row));
            case SHORT -> JSON.numberNode((int) vector.getShort(row));
            case INTEGER -> JSON.numberNode(vector.getInt(row));
            case LONG, TIMESTAMP, TIMESTAMP_NTZ -> JSON.numberNode(vector.getLong(row));
            case FLOAT -> JSON.stringNode(Float.toString(vector.getFloat(row)));
            case DOUBLE -> JSON.stringNode(Double.toString(vector.getDouble(row)));
            case BOOLEAN -> JSON.booleanNode(vector.getBoolean(row));
            case BINARY -> JSON.stringNode(Base64.getEncoder().encodeToString(vector.getBinary(row)));
            case DATE ->
                JSON.stringNode(
                        java.time.LocalDate.ofEpochDay(vector.getInt(row)).toString());
        };
    }

    /// One text per row, so that collections of them compare fast and ints equal longs.
    static List<String> texts(List<ObjectNode> rows) {
        return rows.stream().map(ObjectNode::toString).sorted().toList();
    }
}
