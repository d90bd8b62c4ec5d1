package dev.vitrine.contract;

import java.util.List;

/// Which rows a role opens, parsed from custom `rowFilter`. As in SQL, a comparison with null is neither true nor
/// false, and only true opens a row.
///
/// Examples: `region = 'EUROPE'`; `not (segment in ('A', 'B')) and balance >= 0`; `region = ${claim.region}`.
public sealed interface RowFilter {

    /// True if all are.
    record And(List<RowFilter> parts) implements RowFilter {}

    /// True if one is.
    record Or(List<RowFilter> parts) implements RowFilter {}

    /// True if the part is false.
    record Not(RowFilter part) implements RowFilter {}

    /// `field operator operand`.
    record Comparison(FieldPath field, Operator operator, Operand operand) implements RowFilter {}

    /// `field in (a, b)`.
    record In(FieldPath field, List<Operand> operands) implements RowFilter {}

    /// How two values are compared; strings by code point.
    enum Operator {
        EQ,
        NE,
        LT,
        LE,
        GT,
        GE
    }

    /// What a field is compared with.
    sealed interface Operand {

        /// A value of the field's type (see [FieldType]).
        record Literal(Object value) implements Operand {}

        /// `${claim.name}`: the caller's claim, read as the field's type; a caller without it sees no row through this
        /// filter.
        record Claim(String name) implements Operand {}
    }
}
