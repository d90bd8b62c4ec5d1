package dev.vitrine.query.view;

import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// How a value of a stored document is written in an answer. Threads may share it.
sealed interface Shape {

    byte[] NULL = {'n', 'u', 'l', 'l'};

    /// Writes the value that stands between `start` and `end`.
    void write(byte[] json, int start, int end, JsonBuffer out);

    /// The shape of a type.
    static Shape of(FieldType type) {
        return switch (type) {
            case FieldType.IntegerType integer -> integer.asText() ? new AsText() : new AsStored();
            case FieldType.DecimalType decimal -> decimal.asText() ? new AsText() : new AsStored();
            case FieldType.NumberType number -> number.asText() ? new AsText() : new AsStored();
            case FieldType.Scalar scalar -> new AsStored();
            case FieldType.ObjectType object -> Members.of(object.fields());
            case FieldType.ArrayType array -> elements(of(array.items()), false);
            case FieldType.MapType map -> elements(of(map.values()), true);
        };
    }

    private static Shape elements(Shape each, boolean named) {
        return each instanceof AsStored ? each : new Elements(each, named);
    }

    /// As it stands.
    record AsStored() implements Shape {
        @Override
        public void write(byte[] json, int start, int end, JsonBuffer out) {
            out.add(json, start, end);
        }
    }

    /// A number as a string.
    record AsText() implements Shape {
        @Override
        public void write(byte[] json, int start, int end, JsonBuffer out) {
            if (JsonScan.isNull(json, start) || json[start] == '"') {
                out.add(json, start, end);
            } else {
                out.add('"');
                out.add(json, start, end);
                out.add('"');
            }
        }
    }

    /// Each element of an array or, `named`, each value of a map in its own shape.
    record Elements(Shape each, boolean named) implements Shape {
        @Override
        public void write(byte[] json, int start, int end, JsonBuffer out) {
            if (JsonScan.isNull(json, start)) {
                out.add(NULL);
                return;
            }
            out.add((char) json[start]);
            int at = JsonScan.blank(json, start + 1);
            while (at < end - 1) {
                if (json[at] == ',') {
                    out.add(',');
                    at = JsonScan.blank(json, at + 1);
                }
                if (named) {
                    int nameEnd = JsonScan.string(json, at);
                    out.add(json, at, nameEnd);
                    out.add(':');
                    at = JsonScan.blank(json, JsonScan.blank(json, nameEnd) + 1);
                }
                int valueEnd = JsonScan.value(json, at);
                each.write(json, at, valueEnd, out);
                at = JsonScan.blank(json, valueEnd);
            }
            out.add((char) json[end - 1]);
        }
    }

    /// An object: members are found by their Delta name and written in the order of the contract, under its names and
    /// in its groups.
    ///
    /// @param columns Delta names of the members that are needed, in UTF-8
    /// @param texts what is written before, between and after the values: one more than there are values
    /// @param order which column each value comes from
    /// @param shapes one per value
    @SuppressWarnings("ArrayRecordComponent")
    record Members(byte[][] columns, byte[][] texts, int[] order, Shape[] shapes) implements Shape {

        static Members of(List<Field> fields) {
            Template template = new Template();
            template.object(fields);
            return template.finish();
        }

        @Override
        public void write(byte[] json, int start, int end, JsonBuffer out) {
            if (JsonScan.isNull(json, start)) {
                out.add(NULL);
                return;
            }
            int[] spans = find(json, start);
            for (int i = 0; i < order.length; i++) {
                out.add(texts[i]);
                int column = order[i];
                if (spans[2 * column] == 0) {
                    out.add(NULL);
                } else {
                    shapes[i].write(json, spans[2 * column], spans[2 * column + 1], out);
                }
            }
            out.add(texts[order.length]);
        }

        /// Start and end of each column's value; 0 and 0 where it is absent.
        private int[] find(byte[] json, int start) {
            int[] spans = new int[2 * columns.length];
            int missing = columns.length;
            int expected = 0;
            int at = JsonScan.blank(json, start + 1);
            while (missing > 0 && json[at] != '}') {
                int nameStart = json[at] == ',' ? JsonScan.blank(json, at + 1) : at;
                int nameEnd = JsonScan.string(json, nameStart);
                int valueStart = JsonScan.blank(json, JsonScan.blank(json, nameEnd) + 1);
                int valueEnd = JsonScan.value(json, valueStart);
                int column = column(json, nameStart, nameEnd, expected);
                if (column >= 0) {
                    spans[2 * column] = valueStart;
                    spans[2 * column + 1] = valueEnd;
                    missing--;
                    expected = column + 1;
                }
                at = JsonScan.blank(json, valueEnd);
            }
            return spans;
        }

        /// Documents mostly have their columns in the order of the contract, so the next one is tried first.
        private int column(byte[] json, int nameStart, int nameEnd, int expected) {
            for (int i = 0; i < columns.length; i++) {
                int candidate = (expected + i) % columns.length;
                byte[] name = columns[candidate];
                if (Arrays.equals(json, nameStart + 1, nameEnd - 1, name, 0, name.length)) {
                    return candidate;
                }
            }
            return JsonScan.hasEscapes(json, nameStart, nameEnd) ? unescaped(json, nameStart, nameEnd) : -1;
        }

        private int unescaped(byte[] json, int nameStart, int nameEnd) {
            byte[] name = JsonScan.text(json, nameStart, nameEnd).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < columns.length; i++) {
                if (Arrays.equals(name, columns[i])) {
                    return i;
                }
            }
            return -1;
        }
    }

    /// Builds [Members].
    final class Template {

        private static final JsonMapper JSON = JsonMapper.shared();

        private final List<String> columns = new ArrayList<>();
        private final List<Shape> shapes = new ArrayList<>();
        private final List<byte[]> texts = new ArrayList<>();
        private final List<Integer> order = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        private Template() {}

        private void object(List<Field> fields) {
            text.append('{');
            String separator = "";
            for (Field field : fields) {
                text.append(separator)
                        .append(JSON.writeValueAsString(field.name()))
                        .append(':');
                separator = ",";
                if (field.type() instanceof FieldType.ObjectType group && group.grouping()) {
                    object(group.fields());
                } else {
                    value(field);
                }
            }
            text.append('}');
        }

        private void value(Field field) {
            flush();
            if (!columns.contains(field.column())) {
                columns.add(field.column());
            }
            order.add(columns.indexOf(field.column()));
            shapes.add(Shape.of(field.type()));
        }

        private void flush() {
            texts.add(text.toString().getBytes(StandardCharsets.UTF_8));
            text.setLength(0);
        }

        private Members finish() {
            flush();
            byte[][] names = columns.stream()
                    .map(column -> column.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
            int[] sequence = order.stream().mapToInt(Integer::intValue).toArray();
            return new Members(names, texts.toArray(byte[][]::new), sequence, shapes.toArray(Shape[]::new));
        }
    }
}
