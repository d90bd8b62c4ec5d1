package dev.vitrine.delta.rows;

import dev.vitrine.delta.DeltaType;
import dev.vitrine.delta.DeltaType.Column;
import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
import java.util.List;
import java.util.function.IntFunction;
import tools.jackson.core.JsonGenerator;

/// A row as JSON by the table's own types, for dead letters: never refuses a value.
final class RowJson {

    private RowJson() {}

    /// @param columns of the batch's vectors
    static byte[] write(Batch batch, int row, List<Column> columns) {
        return new DocumentWriter().write(json -> object(columns, batch.columns()::get, row, json));
    }

    /// Leaves out nulls, so that a row is written the same before and after a column was added.
    private static void object(List<Column> columns, IntFunction<ColumnVector> vectors, int row, JsonGenerator json) {
        json.writeStartObject();
        for (int index = 0; index < columns.size(); index++) {
            ColumnVector vector = vectors.apply(index);
            if (!vector.isNullAt(row)) {
                json.writeName(columns.get(index).name());
                value(columns.get(index).type(), vector, row, json);
            }
        }
        json.writeEndObject();
    }

    private static void value(DeltaType type, ColumnVector vector, int row, JsonGenerator json) {
        if (vector.isNullAt(row)) {
            json.writeNull();
            return;
        }
        switch (type) {
            case DeltaType.Struct struct -> object(struct.members(), vector::getChild, row, json);
            case DeltaType.Array array -> array(array.items(), vector.getArray(row), json);
            case DeltaType.Map map -> map(map, vector.getMap(row), json);
            case DeltaType.Primitive primitive -> scalar(primitive, vector, row, json);
            case DeltaType.Decimal decimal -> scalar(decimal, vector, row, json);
            case DeltaType.Unsupported unsupported -> json.writeString(unsupported.text());
        }
    }

    private static void array(DeltaType items, ArrayValue array, JsonGenerator json) {
        json.writeStartArray();
        for (int index = 0; index < array.getSize(); index++) {
            value(items, array.getElements(), index, json);
        }
        json.writeEndArray();
    }

    /// Pairs, so that keys of any type keep their form.
    private static void map(DeltaType.Map type, MapValue map, JsonGenerator json) {
        json.writeStartArray();
        for (int index = 0; index < map.getSize(); index++) {
            json.writeStartArray();
            value(type.keys(), map.getKeys(), index, json);
            value(type.values(), map.getValues(), index, json);
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void scalar(DeltaType type, ColumnVector vector, int row, JsonGenerator json) {
        try {
            Object read = type.scalar()
                    .flatMap(natural -> ScalarReader.of(natural, type, ""))
                    .map(reader -> reader.read(vector, row))
                    .orElse(null);
            if (read == null) {
                json.writeNull();
            } else {
                ScalarReader.write(read, json);
            }
        } catch (ValueUnfit unfit) {
            json.writeString(unfit.getMessage());
        }
    }
}
