package dev.vitrine.delta.rows;

import dev.vitrine.entity.EntityChange;
import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/// Writes one value of a row into the document.
sealed interface Cell {

    /// Writes the JSON value.
    ///
    /// @return what [ScalarReader] read; null where there is no scalar
    /// @throws ValueUnfit the value cannot be served; nothing of it was written
    @Nullable
    Object write(ColumnVector vector, int row, JsonGenerator json);

    /// A scalar.
    record Scalar(ScalarReader reader) implements Cell {

        @Override
        public @Nullable Object write(ColumnVector vector, int row, JsonGenerator json) {
            Object value = vector.isNullAt(row) ? null : reader.read(vector, row);
            if (value == null) {
                json.writeNull();
            } else {
                ScalarReader.write(value, json);
            }
            return value;
        }
    }

    /// A value that must not be null. NaN and the infinities are not null here, though they are written as null.
    record Required(Cell value, String column) implements Cell {

        @Override
        public @Nullable Object write(ColumnVector vector, int row, JsonGenerator json) {
            if (vector.isNullAt(row)) {
                throw new ValueUnfit(
                        EntityChange.Reason.NULL_REQUIRED,
                        "column %s: null, though the contract says required".formatted(column));
            }
            return value.write(vector, row, json);
        }
    }

    /// A column or member that the table does not have.
    record Absent() implements Cell {

        @Override
        public @Nullable Object write(ColumnVector vector, int row, JsonGenerator json) {
            json.writeNull();
            return null;
        }
    }

    /// A struct.
    record Struct(List<Member> members) implements Cell {

        /// @param ordinal in the table's struct
        record Member(SerializedString name, int ordinal, Cell cell) {}

        @Override
        public @Nullable Object write(ColumnVector vector, int row, JsonGenerator json) {
            if (vector.isNullAt(row)) {
                json.writeNull();
                return null;
            }
            json.writeStartObject();
            for (Member member : members) {
                json.writeName(member.name());
                member.cell().write(vector.getChild(member.ordinal()), row, json);
            }
            json.writeEndObject();
            return null;
        }
    }

    /// An array.
    record Array(Cell item) implements Cell {

        @Override
        public @Nullable Object write(ColumnVector vector, int row, JsonGenerator json) {
            if (vector.isNullAt(row)) {
                json.writeNull();
                return null;
            }
            ArrayValue array = vector.getArray(row);
            ColumnVector items = array.getElements();
            json.writeStartArray();
            for (int index = 0; index < array.getSize(); index++) {
                item.write(items, index, json);
            }
            json.writeEndArray();
            return null;
        }
    }

    /// A map; keys by their text.
    record Map(ScalarReader key, Cell value) implements Cell {

        @Override
        public @Nullable Object write(ColumnVector vector, int row, JsonGenerator json) {
            if (vector.isNullAt(row)) {
                json.writeNull();
                return null;
            }
            MapValue map = vector.getMap(row);
            ColumnVector keys = map.getKeys();
            ColumnVector values = map.getValues();
            json.writeStartObject();
            for (int index = 0; index < map.getSize(); index++) {
                json.writeName(text(key.read(keys, index)));
                value.write(values, index, json);
            }
            json.writeEndObject();
            return null;
        }

        private static String text(@Nullable Object key) {
            return switch (key) {
                case null -> "NaN";
                case Instant value -> Timestamps.text(value);
                case LocalDateTime value -> Timestamps.text(value);
                case BigDecimal value -> value.toPlainString();
                case byte[] value -> Base64.getEncoder().encodeToString(value);
                default -> key.toString();
            };
        }
    }
}
