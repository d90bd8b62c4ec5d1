package dev.vitrine.query;

import dev.vitrine.access.EntityGrant;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.contract.RowFilter.Operator;
import dev.vitrine.contract.ScalarValues;
import dev.vitrine.entity.Filter;
import dev.vitrine.query.InvalidQuery.Fault;
import dev.vitrine.query.Selection.Condition;
import dev.vitrine.query.Selection.Test;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Turns a caller's conditions into filters of stored rows; adds what is wrong with them to the faults.
record ConditionReader(EntityFields fields, EntityGrant grant, List<Fault> faults) {

    private static final int MOST_VALUES = 100;

    /// A condition on a restricted field selects only rows on which the caller sees the field; otherwise its answer
    /// would tell the hidden value.
    Optional<Filter> read(Condition condition) {
        Optional<FieldPath> path = fields.visible(condition.field(), grant);
        if (path.isEmpty()) {
            return refuse(
                    condition,
                    "unknown-field",
                    "there is no field '%s' to filter by; filterable are %s"
                            .formatted(condition.field(), QuestionReader.words(fields.filterableNames(grant))));
        }
        if (!fields.filterable(path.get())) {
            return refuse(
                    condition,
                    "not-filterable",
                    "'%s' is not filterable; filterable are %s"
                            .formatted(condition.field(), QuestionReader.words(fields.filterableNames(grant))));
        }
        IndexedColumn column = EntityFields.column(path.get());
        if (!tests(column.type()).contains(condition.test())) {
            return refuse(
                    condition,
                    "unfit-operator",
                    "%s does not fit a field of type %s; fitting are %s"
                            .formatted(word(condition.test()), name(column.type()), words(tests(column.type()))));
        }
        return filter(condition, column).map(filter -> shown(filter, path.get().classifications()));
    }

    private Filter shown(Filter filter, Set<String> classes) {
        Filter rows = grant.rowsShowing(classes);
        return rows.equals(Filter.ALL) ? filter : new Filter.And(List.of(filter, rows));
    }

    private Optional<Filter> filter(Condition condition, IndexedColumn column) {
        List<Object> values = values(condition, condition.test() == Test.IS_NULL ? BOOLEAN : column.type());
        if (values.size() != condition.values().size()) {
            return Optional.empty();
        }
        if (condition.test() == Test.IN) {
            return values.size() > MOST_VALUES
                    ? refuse(
                            condition,
                            "too-many-values",
                            "%d values, of at most %d".formatted(values.size(), MOST_VALUES))
                    : Optional.of(new Filter.In(column, values));
        }
        if (values.size() != 1) {
            return refuse(condition, "invalid-value", "one value is needed, and there are " + values.size());
        }
        Object value = values.getFirst();
        return Optional.of(
                switch (condition.test()) {
                    case EQ, IN -> new Filter.Comparison(column, Operator.EQ, value);
                    case GT -> new Filter.Comparison(column, Operator.GT, value);
                    case GTE -> new Filter.Comparison(column, Operator.GE, value);
                    case LT -> new Filter.Comparison(column, Operator.LT, value);
                    case LTE -> new Filter.Comparison(column, Operator.LE, value);
                    case STARTS_WITH -> new Filter.StartsWith(column, (String) value);
                    case IS_NULL -> {
                        Filter absent = new Filter.IsNull(column);
                        yield (Boolean) value ? absent : new Filter.Not(absent);
                    }
                });
    }

    private static final FieldType.Scalar BOOLEAN = new FieldType.BooleanType();

    /// The values that are of the type; the others are faults.
    private List<Object> values(Condition condition, FieldType.Scalar type) {
        List<Object> values = new ArrayList<>();
        for (String text : condition.values()) {
            try {
                values.add(ScalarValues.parse(type, text));
            } catch (IllegalArgumentException e) {
                faults.add(new Fault(condition.parameter(), "invalid-value", String.valueOf(e.getMessage())));
            }
        }
        return values;
    }

    private Optional<Filter> refuse(Condition condition, String code, String detail) {
        faults.add(new Fault(condition.parameter(), code, detail));
        return Optional.empty();
    }

    private static Set<Test> tests(FieldType.Scalar type) {
        return switch (type) {
            case FieldType.StringType string -> EnumSet.allOf(Test.class);
            case FieldType.TimeType time -> EnumSet.allOf(Test.class);
            case FieldType.BooleanType bool -> EnumSet.of(Test.EQ, Test.IN, Test.IS_NULL);
            case FieldType.BinaryType binary -> EnumSet.noneOf(Test.class);
            case FieldType.IntegerType integer -> ordered();
            case FieldType.DecimalType decimal -> ordered();
            case FieldType.NumberType number -> ordered();
            case FieldType.DateType date -> ordered();
            case FieldType.TimestampType timestamp -> ordered();
            case FieldType.LocalTimestampType local -> ordered();
        };
    }

    private static Set<Test> ordered() {
        return EnumSet.complementOf(EnumSet.of(Test.STARTS_WITH));
    }

    private static String name(FieldType.Scalar type) {
        return switch (type) {
            case FieldType.StringType string -> "string";
            case FieldType.TimeType time -> "time";
            case FieldType.BooleanType bool -> "boolean";
            case FieldType.BinaryType binary -> "binary";
            case FieldType.IntegerType integer -> "integer";
            case FieldType.DecimalType decimal -> "decimal";
            case FieldType.NumberType number -> "number";
            case FieldType.DateType date -> "date";
            case FieldType.TimestampType timestamp -> "timestamp";
            case FieldType.LocalTimestampType local -> "local timestamp";
        };
    }

    private static String words(Set<Test> tests) {
        return String.join(", ", tests.stream().map(ConditionReader::word).toList());
    }

    /// As it is written in an address.
    private static String word(Test test) {
        return switch (test) {
            case EQ -> "eq";
            case IN -> "in";
            case GT -> "gt";
            case GTE -> "gte";
            case LT -> "lt";
            case LTE -> "lte";
            case STARTS_WITH -> "startsWith";
            case IS_NULL -> "isNull";
        };
    }
}
