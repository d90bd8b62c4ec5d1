package dev.vitrine.contract.compatibility;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.Relation;
import dev.vitrine.contract.SortTerm;
import dev.vitrine.contract.compatibility.ContractChange.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Compares two states of a product version.
public final class ContractChanges {

    private final List<ContractChange> found = new ArrayList<>();

    private ContractChanges() {}

    /// Everything that callers can notice, in the order of the contracts. The versions are not looked at: between two
    /// majors everything may change.
    public static List<ContractChange> between(DataProduct before, DataProduct after) {
        ContractChanges changes = new ContractChanges();
        changes.entities(before, after);
        new RoleChanges(changes::add).between(before.roles(), after.roles());
        return List.copyOf(changes.found);
    }

    /// Those that programs written against the state before do not survive.
    public static List<ContractChange> breaking(DataProduct before, DataProduct after) {
        return between(before, after).stream()
                .filter(change -> change.kind() == Kind.BREAKING)
                .toList();
    }

    private void entities(DataProduct before, DataProduct after) {
        for (EntityType entity : before.entities()) {
            Optional<EntityType> now = after.entity(entity.name());
            if (now.isEmpty()) {
                Optional<EntityType> renamed = after.entities().stream()
                        .filter(other -> other.table().equals(entity.table())
                                && before.entity(other.name()).isEmpty())
                        .findFirst();
                breaking(
                        entity.name(),
                        renamed.map(other -> "renamed to " + other.name() + ", so its address is gone")
                                .orElse("removed"));
            } else {
                entity(entity, now.get());
                relations(entity, before, now.get(), after);
            }
        }
        after.entities().stream()
                .filter(entity -> before.entity(entity.name()).isEmpty())
                .forEach(entity -> additive(entity.name(), "added"));
    }

    private void entity(EntityType before, EntityType after) {
        String name = before.name();
        if (!before.typeName().equals(after.typeName())) {
            breaking(
                    name,
                    "its type is called %s, no longer %s: generated clients name their classes by it"
                            .formatted(after.typeName(), before.typeName()));
        }
        List<String> key = names(before.key());
        List<String> newKey = names(after.key());
        if (!key.equals(newKey)) {
            breaking(
                    name,
                    "the key is %s, no longer %s: addresses of entities change"
                            .formatted(String.join(", ", newKey), String.join(", ", key)));
        }
        new FieldChanges(this::add, key, newKey).between(name, before.fields(), after.fields());
        for (List<SortTerm> terms : before.sortable()) {
            if (!after.sortable().contains(terms)) {
                breaking(name, "cannot be sorted by " + words(terms) + " any more");
            }
        }
        for (List<SortTerm> terms : after.sortable()) {
            if (!before.sortable().contains(terms)) {
                additive(name, "can be sorted by " + words(terms));
            }
        }
    }

    private void relations(EntityType entity, DataProduct before, EntityType now, DataProduct after) {
        Map<String, Relation> relations = byName(after.relations(now));
        Map<String, Relation> old = byName(before.relations(entity));
        old.forEach((name, relation) -> {
            Relation other = relations.get(name);
            String where = entity.name() + "." + name;
            if (other == null) {
                breaking(where, "the relation is removed");
            } else if (!other.target().name().equals(relation.target().name())) {
                breaking(
                        where,
                        "the relation leads to %s, no longer to %s"
                                .formatted(
                                        other.target().name(), relation.target().name()));
            } else if (other.toMany() != relation.toMany()) {
                breaking(
                        where,
                        relation.toMany()
                                ? "the relation leads to one entity, no longer to a page"
                                : "the relation leads to a page, no longer to one entity");
            }
        });
        relations.keySet().stream()
                .filter(name -> !old.containsKey(name))
                .forEach(name -> additive(entity.name() + "." + name, "the relation is added"));
    }

    private static Map<String, Relation> byName(List<Relation> relations) {
        return relations.stream()
                .collect(Collectors.toMap(Relation::name, Function.identity(), (one, same) -> one, LinkedHashMap::new));
    }

    private static List<String> names(List<FieldPath> key) {
        return key.stream().map(FieldPath::name).toList();
    }

    private static String words(List<SortTerm> terms) {
        return terms.stream()
                .map(term -> (term.descending() ? "-" : "") + term.field())
                .collect(Collectors.joining(","));
    }

    private void breaking(String where, String words) {
        add(new ContractChange(Kind.BREAKING, where, words));
    }

    private void additive(String where, String words) {
        add(new ContractChange(Kind.ADDITIVE, where, words));
    }

    private void add(ContractChange change) {
        found.add(change);
    }
}
