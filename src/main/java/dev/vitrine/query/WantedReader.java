package dev.vitrine.query;

import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Relation;
import dev.vitrine.query.InvalidQuery.Fault;
import dev.vitrine.query.Wanted.Expansion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Checks which fields and relations a caller wants; adds what is wrong with them to the faults. One thread, one
/// request.
///
/// @param open opens the collection behind a relation for the caller; throws [NotGranted]
record WantedReader(Function<EntityType, Opened> open, List<Fault> faults) {

    /// Relations one after the other: `customer.orders.customer`.
    private static final int DEEPEST = 3;
    private static final int MOST_RELATIONS = 10;
    private static final int MOST_RELATED = 4_000;

    /// @param fields names, those of expanded relations with the path in front; null: all
    /// @param expand paths of relations
    /// @param entities how many there can be that this is wanted of, from 1
    Wanted read(Opened from, @Nullable List<String> fields, List<String> expand, int entities) {
        if (fields == null && expand.isEmpty()) {
            return Wanted.ALL;
        }
        Set<List<String>> paths = new HashSet<>();
        for (String text : expand) {
            List<String> path = List.of(text.split("\\.", -1));
            for (int length = 1; length <= path.size(); length++) {
                paths.add(path.subList(0, length));
            }
        }
        if (paths.stream().anyMatch(path -> path.size() > DEEPEST)) {
            return refuse("too-deep", "at most %d relations can follow each other".formatted(DEEPEST));
        }
        if (paths.size() > MOST_RELATIONS) {
            return refuse("too-many-values", "at most %d relations can be expanded".formatted(MOST_RELATIONS));
        }
        Wanted wanted = read(
                from,
                fields,
                expand.stream().map(path -> List.of(path.split("\\.", -1))).toList(),
                "");
        if (wanted.related(entities) > MOST_RELATED) {
            refuse("too-large", advice(wanted, entities));
        }
        return wanted;
    }

    private static String advice(Wanted wanted, int entities) {
        int fewer = entities;
        while (fewer > 0 && wanted.related(fewer) > MOST_RELATED) {
            fewer--;
        }
        return "the answer could hold more than %d related entities: %s"
                .formatted(
                        MOST_RELATED,
                        fewer == 0
                                ? "expand fewer relations"
                                : "ask for at most %d entities at once, or expand fewer relations".formatted(fewer));
    }

    private Wanted read(Opened from, @Nullable List<String> fields, List<List<String>> paths, String prefix) {
        Map<String, List<List<String>>> below = new LinkedHashMap<>();
        for (List<String> path : paths) {
            List<List<String>> further = below.computeIfAbsent(path.getFirst(), name -> new ArrayList<>());
            if (path.size() > 1) {
                further.add(path.subList(1, path.size()));
            }
        }
        List<Expansion> expansions = new ArrayList<>();
        below.forEach((name, further) -> {
            Relation relation = relation(from, name, prefix);
            if (relation != null) {
                Opened target = open.apply(relation.target());
                Wanted there = read(target, there(name, fields), further, prefix + name + ".");
                expansions.add(new Expansion(relation, target, there));
            }
        });
        return new Wanted(fields == null ? null : own(from, fields, below.keySet(), prefix), expansions);
    }

    private @Nullable Relation relation(Opened from, String name, String prefix) {
        List<Relation> relations = from.product().relations(from.type());
        for (Relation relation : relations) {
            if (relation.name().equals(name)) {
                return relation;
            }
        }
        String known = QuestionReader.words(
                relations.stream().map(relation -> prefix + relation.name()).toList());
        refuse("unknown-relation", "there is no relation '%s'; there are %s".formatted(prefix + name, known));
        return null;
    }

    /// The fields of the entities behind a relation; null: all of them, as none is named.
    private static @Nullable List<String> there(String relation, @Nullable List<String> fields) {
        if (fields == null || fields.contains(relation)) {
            return null;
        }
        String start = relation + ".";
        List<String> named = fields.stream()
                .filter(name -> name.startsWith(start))
                .map(name -> name.substring(start.length()))
                .toList();
        return named.isEmpty() ? null : named;
    }

    /// The fields that are not behind a relation.
    private Set<String> own(Opened from, List<String> fields, Set<String> relations, String prefix) {
        Set<String> own = new HashSet<>();
        for (String name : fields) {
            int dot = name.indexOf('.');
            if (relations.contains(dot < 0 ? name : name.substring(0, dot))) {
                continue;
            }
            if (from.fields().visible(name, from.grant()).isEmpty()) {
                String known = QuestionReader.words(from.fields().visibleNames(from.grant()));
                faults.add(new Fault(
                        "fields",
                        "unknown-field",
                        "there is no field '%s'; there are %s".formatted(prefix + name, known)));
            }
            own.add(name);
        }
        return own;
    }

    private Wanted refuse(String code, String detail) {
        faults.add(new Fault("expand", code, detail));
        return new Wanted(null, List.of());
    }
}
