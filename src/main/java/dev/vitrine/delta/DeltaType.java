package dev.vitrine.delta;

import dev.vitrine.contract.FieldType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The type of a column in a Delta table, as its schema declares it.
public sealed interface DeltaType {

    /// As Delta writes it: `long`, `decimal(12,2)`, `array<struct<a:integer>>`.
    String text();

    /// The contract's type that holds all of its values; empty for what is no scalar.
    default Optional<FieldType.Scalar> scalar() {
        return Optional.ofNullable(
                switch (this) {
                    case Primitive.STRING -> FieldType.StringType.any();
                    case Primitive.BYTE, Primitive.SHORT, Primitive.INTEGER, Primitive.LONG ->
                        new FieldType.IntegerType(false, null, null);
                    case Primitive.FLOAT, Primitive.DOUBLE -> new FieldType.NumberType(false);
                    case Primitive.BOOLEAN -> new FieldType.BooleanType();
                    case Primitive.BINARY -> new FieldType.BinaryType();
                    case Primitive.DATE -> new FieldType.DateType();
                    case Primitive.TIMESTAMP -> new FieldType.TimestampType();
                    case Primitive.TIMESTAMP_NTZ -> new FieldType.LocalTimestampType();
                    case Decimal decimal -> new FieldType.DecimalType(decimal.precision(), decimal.scale(), false);
                    case Struct struct -> null;
                    case Array array -> null;
                    case Map map -> null;
                    case Unsupported unsupported -> null;
                });
    }

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
    record Array(DeltaType items) implements DeltaType {

        @Override
        public String text() {
            return "array<" + items.text() + ">";
        }
    }

    /// Values by keys.
    record Map(DeltaType keys, DeltaType values) implements DeltaType {

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
