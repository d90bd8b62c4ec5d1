package dev.vitrine.query.view;

import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.contract.ScalarValues;
import java.math.BigDecimal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads single values out of a stored document.
public record DocumentValues(byte[] document) implements Function<IndexedColumn, @Nullable Object> {

    /// The value as the Java type that the column's [FieldType] names; null if it is absent.
    @Override
    public @Nullable Object apply(IndexedColumn column) {
        int at = JsonScan.blank(document, 0);
        for (String name : column.path()) {
            at = JsonScan.isNull(document, at) ? -1 : member(at, name);
            if (at < 0) {
                return null;
            }
        }
        return JsonScan.isNull(document, at)
                ? null
                : typed(column.type(), JsonScan.text(document, at, JsonScan.value(document, at)));
    }

    /// Index of the value of a member of the object at `at`; -1 if there is none.
    private int member(int at, String name) {
        int next = JsonScan.blank(document, at + 1);
        while (document[next] != '}') {
            int nameStart = document[next] == ',' ? JsonScan.blank(document, next + 1) : next;
            int nameEnd = JsonScan.string(document, nameStart);
            int valueStart = JsonScan.blank(document, JsonScan.blank(document, nameEnd) + 1);
            if (JsonScan.text(document, nameStart, nameEnd).equals(name)) {
                return valueStart;
            }
            next = JsonScan.blank(document, JsonScan.value(document, valueStart));
        }
        return -1;
    }

    private static Object typed(FieldType.Scalar type, String text) {
        return switch (type) {
            case FieldType.DecimalType decimal -> new BigDecimal(text);
            case FieldType.NumberType number -> new BigDecimal(text);
            case FieldType.Scalar other -> ScalarValues.parse(other, text);
        };
    }
}
