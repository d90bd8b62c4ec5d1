package dev.vitrine.delta.kernel;

import dev.vitrine.delta.DeltaType;
import dev.vitrine.delta.DeltaType.Primitive;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import java.util.List;

/// Kernel's types in our words.
final class DeltaTypes {

    private DeltaTypes() {}

    static List<DeltaType.Column> columns(StructType schema) {
        return schema.fields().stream()
                .map(field -> new DeltaType.Column(
                        field.getName(),
                        of(field.getDataType()),
                        field.isNullable(),
                        field.getMetadata().contains("comment")
                                ? field.getMetadata().getString("comment")
                                : null))
                .toList();
    }

    static DeltaType of(DataType type) {
        return switch (type) {
            case StringType plain -> Primitive.STRING;
            case ByteType plain -> Primitive.BYTE;
            case ShortType plain -> Primitive.SHORT;
            case IntegerType plain -> Primitive.INTEGER;
            case LongType plain -> Primitive.LONG;
            case FloatType plain -> Primitive.FLOAT;
            case DoubleType plain -> Primitive.DOUBLE;
            case BooleanType plain -> Primitive.BOOLEAN;
            case BinaryType plain -> Primitive.BINARY;
            case DateType plain -> Primitive.DATE;
            case TimestampType plain -> Primitive.TIMESTAMP;
            case TimestampNTZType plain -> Primitive.TIMESTAMP_NTZ;
            case DecimalType decimal -> new DeltaType.Decimal(decimal.getPrecision(), decimal.getScale());
            case StructType struct -> new DeltaType.Struct(columns(struct));
            case ArrayType array -> new DeltaType.Array(of(array.getElementType()));
            case MapType map -> new DeltaType.Map(of(map.getKeyType()), of(map.getValueType()));
            // Kernel's types are an open class hierarchy that grows: what is not known here is not read
            default -> new DeltaType.Unsupported(type.toString());
        };
    }
}
