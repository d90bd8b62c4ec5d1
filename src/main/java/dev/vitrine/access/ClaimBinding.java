package dev.vitrine.access;

import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.contract.RowFilter;
import dev.vitrine.contract.RowFilter.Operand;
import dev.vitrine.contract.ScalarValues;
import dev.vitrine.entity.Filter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a filter of stored rows out of a role's row filter: fields become columns, `${claim.x}` the caller's values.
///
/// A claim that is missing, or no value of the field's type, closes the whole filter: under `not`, a comparison that is
/// merely never true would open every row.
record ClaimBinding(Map<String, Object> claims) {

    Filter bind(RowFilter filter) {
        try {
            return resolve(filter);
        } catch (ClaimUnusable unusable) {
            return Filter.NONE;
        }
    }

    private Filter resolve(RowFilter filter) throws ClaimUnusable {
        return switch (filter) {
            case RowFilter.And and -> new Filter.And(resolve(and.parts()));
            case RowFilter.Or or -> new Filter.Or(resolve(or.parts()));
            case RowFilter.Not not -> new Filter.Not(resolve(not.part()));
            case RowFilter.Comparison comparison -> {
                IndexedColumn column = column(comparison.field());
                Object value = single(comparison.operand(), column.type());
                yield new Filter.Comparison(column, comparison.operator(), value);
            }
            case RowFilter.In in -> {
                IndexedColumn column = column(in.field());
                yield new Filter.In(column, values(in.operands(), column.type()));
            }
        };
    }

    private List<Filter> resolve(List<RowFilter> parts) throws ClaimUnusable {
        List<Filter> resolved = new ArrayList<>();
        for (RowFilter part : parts) {
            resolved.add(resolve(part));
        }
        return resolved;
    }

    private static IndexedColumn column(FieldPath field) {
        return new IndexedColumn(
                field.column(), (FieldType.Scalar) field.field().type());
    }

    private Object single(Operand operand, FieldType.Scalar type) throws ClaimUnusable {
        return switch (operand) {
            case Operand.Literal literal -> literal.value();
            case Operand.Claim named -> typed(claim(named.name()), type);
        };
    }

    /// A claim that holds a list stands for all its members here.
    private List<Object> values(List<Operand> operands, FieldType.Scalar type) throws ClaimUnusable {
        List<Object> values = new ArrayList<>();
        for (Operand operand : operands) {
            if (operand instanceof Operand.Claim named && claim(named.name()) instanceof Collection<?> members) {
                for (Object member : members) {
                    values.add(typed(member, type));
                }
            } else {
                values.add(single(operand, type));
            }
        }
        return values;
    }

    private Object claim(String name) throws ClaimUnusable {
        return Optional.ofNullable(claims.get(name)).orElseThrow(ClaimUnusable::new);
    }

    private static Object typed(Object claim, FieldType.Scalar type) throws ClaimUnusable {
        try {
            return ScalarValues.parse(type, text(claim, type));
        } catch (IllegalArgumentException e) {
            throw new ClaimUnusable();
        }
    }

    /// Words are read as any type, the other JSON types only as their own.
    private static String text(Object claim, FieldType.Scalar type) throws ClaimUnusable {
        if (claim instanceof String words) {
            return words;
        }
        if (claim instanceof Boolean truth && type instanceof FieldType.BooleanType) {
            return truth.toString();
        }
        if (claim instanceof Number number && isNumber(type)) {
            return new BigDecimal(number.toString()).toPlainString();
        }
        if (claim instanceof Instant time && type instanceof FieldType.TimestampType) {
            return time.toString();
        }
        throw new ClaimUnusable();
    }

    private static boolean isNumber(FieldType.Scalar type) {
        return type instanceof FieldType.IntegerType
                || type instanceof FieldType.DecimalType
                || type instanceof FieldType.NumberType;
    }

    /// The caller lacks what the filter asks for.
    private static final class ClaimUnusable extends Exception {}
}
