package dev.vitrine.delta.rows;

import dev.vitrine.entity.EntityChange.Reason;

/// A value of a row cannot be served. Thrown once per such row, on the hot path: without a stack trace.
final class ValueUnfit extends RuntimeException {

    private final Reason reason;

    ValueUnfit(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    static ValueUnfit outOfType(String column, Object value, String why) {
        return new ValueUnfit(Reason.VALUE_OUT_OF_TYPE, "column %s: value %s %s".formatted(column, value, why));
    }

    Reason reason() {
        return reason;
    }
}
