package dev.vitrine.delta;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The type of a column in a Delta table, as its schema declares it.
public sealed interface DeltaType {

    /// As Delta writes it: `long`, `decimal(12,2)`, `array<struct<a:integer>>`.
    String text();

    /// Types without parameters.
    enum Primitive implements DeltaType {
        STRING,
        BYTE,
        SHORT,
        INTEGER,
        LONG,
        FLOAT,
        DOUBLE,
        BOOLEAN,
        BINARY,
        DATE,
        TIMESTAMP,
        TIMESTAMP_NTZ;

        @Override
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A fixed-point number.
    record Decimal(int precision, int scale) implements DeltaType {

        @Override
        public String text() {
            return "decimal(%d,%d)".formatted(precision, scale);
        }
    }

    /// A record inside a row.
    record Struct(List<Column> members) implements DeltaType {
        public Struct {
            members = List.copyOf(members);
        }

        @Override
        public String text() {
            return "struct<"
                    + String.join(
                            ",",
                            members.stream()
                                    .map(member ->
                                            member.name() + ":" + member.type().text())
                                    .toList())
                    + ">";
        }
    }

    /// A list of values of one type.
    record Array(DeltaType items, boolean nullableItems) implements DeltaType {

        @Override
        public String text() {
            return "array<" + items.text() + ">";
        }
    }

    /// Values by keys.
    record Map(DeltaType keys, DeltaType values, boolean nullableValues) implements DeltaType {

        @Override
        public String text() {
            return "map<" + keys.text() + "," + values.text() + ">";
        }
    }

    /// A type that is not read here, such as `variant`.
    record Unsupported(String text) implements DeltaType {}

    /// A column, or a member of a struct.
    record Column(
            String name,
            DeltaType type,
            boolean nullable,
            @Nullable String comment) {}
}
