package dev.vitrine.entity;

import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.contract.RowFilter.Operator;
import java.util.List;

/// A condition on the indexed columns of a stored entity, checked and typed. Three-valued as in SQL: a comparison
/// with a null value is unknown, and only true selects.
public sealed interface Filter {

    /// Selects everything.
    Filter ALL = new And(List.of());

    /// Selects nothing.
    Filter NONE = new Or(List.of());

    /// True if all are; the empty one is true.
    record And(List<Filter> parts) implements Filter {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /// True if one is; the empty one is false.
    record Or(List<Filter> parts) implements Filter {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /// True if the part is false.
    record Not(Filter part) implements Filter {}

    /// Compares with a value of the column's type; strings by code point.
    record Comparison(IndexedColumn column, Operator operator, Object value) implements Filter {}

    /// True if the value is one of these.
    record In(IndexedColumn column, List<Object> values) implements Filter {
        public In {
            values = List.copyOf(values);
        }
    }

    /// True if the string begins with the prefix.
    record StartsWith(IndexedColumn column, String prefix) implements Filter {}

    /// True if the value is absent; never unknown.
    record IsNull(IndexedColumn column) implements Filter {}
}
