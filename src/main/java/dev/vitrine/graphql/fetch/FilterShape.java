package dev.vitrine.graphql.fetch;

import dev.vitrine.contract.FieldPath;
import dev.vitrine.query.InvalidQuery.Fault;
import dev.vitrine.query.Selection.Condition;
import dev.vitrine.query.Selection.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What the members of a filter argument mean.
///
/// Example: `{address: {nation: {in: ["FRANCE", "PERU"]}}}` is the condition `address.nation.in=FRANCE,PERU` of REST.
///
/// @param members by their name in GraphQL
public record FilterShape(Map<String, Member> members) {

    /// The tests by their name in GraphQL.
    public static final Map<String, Test> TESTS = Map.of(
            "eq", Test.EQ,
            "in", Test.IN,
            "gt", Test.GT,
            "gte", Test.GTE,
            "lt", Test.LT,
            "lte", Test.LTE,
            "startsWith", Test.STARTS_WITH,
            "isNull", Test.IS_NULL);

    public FilterShape {
        members = Map.copyOf(members);
    }

    /// One member.
    public sealed interface Member {

        /// Tests of a field.
        record Tests(FieldPath path) implements Member {}

        /// Filters on the fields of an object.
        record Inside(FilterShape shape) implements Member {}
    }

    /// The conditions of a coerced argument; adds what is wrong with it to the faults.
    ///
    /// @param name how the argument is called in faults
    List<Condition> read(String name, Map<?, ?> argument, List<Fault> faults) {
        List<Condition> conditions = new ArrayList<>();
        argument.forEach((key, value) -> {
            String at = name + '.' + key;
            Member member = Objects.requireNonNull(members.get(String.valueOf(key)));
            if (!(value instanceof Map<?, ?> inner)) {
                faults.add(absent(at));
                return;
            }
            switch (member) {
                case Member.Inside inside -> conditions.addAll(inside.shape().read(at, inner, faults));
                case Member.Tests tests ->
                    inner.forEach((test, operand) -> {
                        String parameter = at + '.' + test;
                        if (operand == null) {
                            faults.add(absent(parameter));
                        } else {
                            conditions.add(condition(parameter, tests.path(), String.valueOf(test), operand));
                        }
                    });
            }
        });
        return conditions;
    }

    private static Condition condition(String parameter, FieldPath path, String test, Object operand) {
        List<?> operands = operand instanceof List<?> list ? list : List.of(operand);
        return new Condition(
                parameter,
                path.name(),
                Objects.requireNonNull(TESTS.get(test)),
                operands.stream().map(String::valueOf).toList());
    }

    private static Fault absent(String parameter) {
        return new Fault(
                parameter,
                "invalid-value",
                "null is no value to compare with: leave it out, or ask with isNull for absent values");
    }
}
