package dev.vitrine.rest;

import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldType.ObjectType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// Comma-separated values (RFC 4180) with a header. Fields of objects have a column each, `address.nation`; lists and
/// maps
/// stand in theirs as JSON. An absent value is an empty cell, an empty text `""`.
///
/// @param columns names of fields
record CsvLines(List<String> columns) implements Lines {

    private static final JsonMapper JSON = JsonMapper.shared();

    /// @param visible names of the fields that the caller could see
    /// @param selected names that the caller asked for, each for all below it; null: all
    static CsvLines of(EntityType type, List<String> visible, @Nullable List<String> selected) {
        return new CsvLines(visible.stream()
                .filter(name -> type.field(name)
                        .filter(path -> !(path.field().type() instanceof ObjectType))
                        .isPresent())
                .filter(name -> selected == null
                        || selected.stream().anyMatch(wanted -> name.equals(wanted) || name.startsWith(wanted + ".")))
                .toList());
    }

    @Override
    public void start(OutputStream out) throws IOException {
        line(columns, out);
    }

    @Override
    public void write(byte[] entity, OutputStream out) throws IOException {
        @Nullable String[] cells = new @Nullable String[columns.size()];
        try (JsonParser parser = JSON.createParser(entity)) {
            parser.nextToken();
            members(parser, "", entity, cells);
        }
        line(Arrays.asList(cells), out);
    }

    private void members(JsonParser parser, String prefix, byte[] entity, @Nullable String[] cells) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = prefix + parser.currentName();
            int column = columns.indexOf(name);
            JsonToken value = parser.nextToken();
            if (column < 0 && value == JsonToken.START_OBJECT) {
                members(parser, name + ".", entity, cells);
            } else if (value.isStructStart()) {
                int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
                parser.skipChildren();
                int end = Math.toIntExact(parser.currentLocation().getByteOffset());
                cells[column] = new String(entity, start, end - start, StandardCharsets.UTF_8);
            } else if (value != JsonToken.VALUE_NULL) {
                cells[column] = parser.getString();
            }
        }
    }

    private static void line(List<? extends @Nullable String> cells, OutputStream out) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                line.append(',');
            }
            String cell = cells.get(i);
            if (cell != null) {
                append(line, cell);
            }
        }
        out.write(line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void append(StringBuilder line, String cell) {
        boolean plain = !cell.isEmpty() && cell.chars().noneMatch(each -> ",\"\r\n".indexOf(each) >= 0);
        if (plain) {
            line.append(cell);
        } else {
            line.append('"').append(cell.replace("\"", "\"\"")).append('"');
        }
    }
}
