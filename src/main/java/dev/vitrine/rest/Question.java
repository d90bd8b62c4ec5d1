package dev.vitrine.rest;

import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.query.Selection;
import dev.vitrine.query.Selection.Condition;
import dev.vitrine.query.Selection.Test;
import dev.vitrine.rest.problem.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the parameters of a request ask for.
///
/// @param faults what is wrong with them as far as the address alone tells; the query checks the rest
record Question(Selection selection, List<Refusal.Error> faults) {

    static final int DEFAULT_LIMIT = 20;
    static final int MAX_LIMIT = 200;

    /// Parameters that no field can take the name of; such a field is filtered by `name.eq`.
    static final Set<String> RESERVED = Set.of("sort", "limit", "cursor", "fields", "expand");

    /// The suffixes of filters, beside the bare name of the field.
    static final Map<String, Test> TESTS = Map.of(
            "eq", Test.EQ,
            "in", Test.IN,
            "gt", Test.GT,
            "gte", Test.GTE,
            "lt", Test.LT,
            "lte", Test.LTE,
            "startsWith", Test.STARTS_WITH,
            "isNull", Test.IS_NULL);

    /// What a request for a collection asks for.
    static Question ofCollection(EntityType entity, Parameters parameters, boolean count) {
        List<Refusal.Error> faults = new ArrayList<>(parameters.faults());
        List<Condition> conditions = new ArrayList<>();
        for (String name : parameters.raw().keySet()) {
            switch (name) {
                case "sort", "limit", "cursor", "fields", "expand" -> {}
                default -> {
                    Condition condition = condition(entity, name, parameters);
                    if (condition == null) {
                        faults.add(unknown(name, entity));
                    } else {
                        conditions.add(condition);
                    }
                }
            }
        }
        List<String> sort = parameters.names("sort");
        Selection selection = new Selection(
                conditions,
                sort == null ? List.of() : sort,
                limit(parameters, faults),
                parameters.value("cursor"),
                parameters.names("fields"),
                count,
                expand(parameters));
        return new Question(selection, faults);
    }

    /// What a request for single entities asks for: only `fields` and `expand` can be chosen.
    static Question ofEntity(Parameters parameters) {
        List<Refusal.Error> faults = new ArrayList<>(parameters.faults());
        for (String name : parameters.raw().keySet()) {
            if (!name.equals("fields") && !name.equals("expand")) {
                faults.add(new Refusal.Error(
                        name, "unknown-parameter", "single entities take only the parameters fields and expand"));
            }
        }
        Selection selection =
                new Selection(List.of(), List.of(), 1, null, parameters.names("fields"), false, expand(parameters));
        return new Question(selection, faults);
    }

    private static List<String> expand(Parameters parameters) {
        List<String> paths = parameters.names("expand");
        return paths == null ? List.of() : paths;
    }

    /// The filter that a parameter stands for; null if it stands for none.
    private static @Nullable Condition condition(EntityType entity, String name, Parameters parameters) {
        if (!RESERVED.contains(name) && entity.field(name).isPresent()) {
            return new Condition(name, name, Test.EQ, one(parameters, name));
        }
        int dot = name.lastIndexOf('.');
        if (dot < 0) {
            return null;
        }
        Test test = TESTS.get(name.substring(dot + 1));
        String field = name.substring(0, dot);
        if (test == null || entity.field(field).isEmpty()) {
            return null;
        }
        List<String> values = test == Test.IN ? parameters.values(name) : one(parameters, name);
        return new Condition(name, field, test, values);
    }

    private static List<String> one(Parameters parameters, String name) {
        String value = parameters.value(name);
        return value == null ? List.of() : List.of(value);
    }

    private static int limit(Parameters parameters, List<Refusal.Error> faults) {
        String text = parameters.value("limit");
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (text.matches("[0-9]{1,9}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        faults.add(new Refusal.Error(
                "limit", "invalid-limit", "%s is not a whole number from 1 to %d".formatted(text, MAX_LIMIT)));
        return DEFAULT_LIMIT;
    }

    private static Refusal.Error unknown(String name, EntityType entity) {
        String filterable = entity.allFields().stream()
                .filter(path -> path.field().filterable() || entity.key().contains(path))
                .map(FieldPath::name)
                .collect(Collectors.joining(", "));
        return new Refusal.Error(
                name,
                "unknown-parameter",
                "allowed are sort, limit, cursor, fields, expand, and filters on %s, bare or with .eq .in .gt .gte .lt .lte .startsWith .isNull"
                        .formatted(filterable));
    }
}
