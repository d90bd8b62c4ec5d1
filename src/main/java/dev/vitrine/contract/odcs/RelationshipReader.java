package dev.vitrine.contract.odcs;

import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.Relationship;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the foreign keys of a contract.
final class RelationshipReader {

    private static final Set<String> CUSTOM = Set.of("relationName", "inverseName");

    private final Yaml.Table contract;
    private final Map<String, EntityType> entities;
    private final Problems problems;
    /// Entity and name of every relation, both ways.
    private final Set<String> taken = new HashSet<>();

    /// @param entities all of them, by name
    RelationshipReader(Yaml.Table contract, Map<String, EntityType> entities, Problems problems) {
        this.contract = contract;
        this.entities = entities;
        this.problems = problems;
    }

    /// Those of one entity, of its properties first.
    List<Relationship> read(Yaml.Table source, EntityType entity) {
        List<Relationship> relationships = new ArrayList<>();
        ofProperties(source, "", entity, relationships);
        for (Yaml.Table relationship : source.tables("relationships")) {
            List<Reference> from = references(relationship, "from");
            if (from.isEmpty()) {
                continue;
            }
            if (from.stream().allMatch(reference -> reference.entity().equals(entity.name()))) {
                List<FieldPath> fields = from.stream().map(Reference::field).toList();
                relationship(relationship, entity, fields).ifPresent(relationships::add);
            } else {
                problems.add(
                        relationship.at("from"),
                        "the relationship stands at " + entity.name() + " but begins at another entity",
                        "Move it to the entity that 'from' names");
            }
        }
        return relationships;
    }

    private void ofProperties(Yaml.Table owner, String prefix, EntityType entity, List<Relationship> found) {
        for (Yaml.Table property : owner.tables("properties")) {
            String name = prefix + Objects.requireNonNullElse(property.text("name"), "");
            Optional<FieldPath> field = entity.field(name);
            for (Yaml.Table relationship : property.tables("relationships")) {
                field.flatMap(path -> relationship(relationship, entity, List.of(path)))
                        .ifPresent(found::add);
            }
            ofProperties(property, name + ".", entity, found);
        }
    }

    private Optional<Relationship> relationship(Yaml.Table source, EntityType entity, List<FieldPath> from) {
        List<Reference> to = references(source, "to");
        if (to.isEmpty()) {
            return Optional.empty();
        }
        EntityType target = Objects.requireNonNull(entities.get(to.getFirst().entity()));
        List<FieldPath> targetFields = to.stream().map(Reference::field).toList();
        boolean wholeKey = targetFields.size() == target.key().size()
                && targetFields.containsAll(target.key())
                && to.stream().allMatch(reference -> reference.entity().equals(target.name()));
        if (!wholeKey || from.size() != targetFields.size()) {
            String key =
                    String.join(", ", target.key().stream().map(FieldPath::name).toList());
            problems.add(
                    source.at("to"),
                    "a relationship points to the whole key of its target, which is (" + key + ") for " + target.name(),
                    "Name these fields in 'to'; for a composite key write lists in 'from' and 'to' at the entity");
            return Optional.empty();
        }
        List<String> fields = new ArrayList<>();
        for (FieldPath key : target.key()) {
            FieldPath field = from.get(targetFields.indexOf(key));
            if (!field.field().type().getClass().equals(key.field().type().getClass())) {
                problems.add(
                        source,
                        "'" + field.name() + "' and '" + target.name() + "." + key.name() + "' are of different types",
                        "Give both the same logicalType");
            }
            fields.add(field.name());
        }
        Custom custom = Custom.of(source, CUSTOM, problems);
        String name = name(custom.text("relationName"), source, entity, target, from.getFirst());
        String inverse = custom.text("inverseName");
        if (inverse != null) {
            take(source, target, inverse, "inverseName");
        }
        return Optional.of(new Relationship(name, fields, target.name(), inverse));
    }

    /// As the contract says; else `customer` after the target's type; else, where that is taken, `billToCustomer` after
    /// the field too.
    private String name(
            @Nullable String given, Yaml.Table source, EntityType entity, EntityType target, FieldPath from) {
        String plain = Names.lower(target.typeName());
        if (given == null && isFree(entity, plain)) {
            taken.add(entity.name() + "." + plain);
            return plain;
        }
        String name = given != null ? given : from.field().name() + target.typeName();
        take(source, entity, name, "relationName");
        return name;
    }

    private void take(Yaml.Table source, EntityType entity, String name, String property) {
        if (!isFree(entity, name)) {
            problems.add(
                    source,
                    entity.name() + " has a field or relation '" + name + "' already",
                    "Give the relationship another custom " + property);
        }
        taken.add(entity.name() + "." + name);
    }

    private boolean isFree(EntityType entity, String name) {
        return entity.field(name).isEmpty() && !taken.contains(entity.name() + "." + name);
    }

    private record Reference(String entity, FieldPath field) {}

    /// Empty if one of them leads nowhere, or to another contract, whose entities cannot be reached from here.
    private List<Reference> references(Yaml.Table relationship, String key) {
        Yaml value = relationship.get(key);
        List<Reference> references = new ArrayList<>();
        for (Yaml item : value instanceof Yaml.Items items
                ? items.values()
                : Stream.ofNullable(value).toList()) {
            String text = item instanceof Yaml.Leaf leaf ? leaf.text() : "";
            if (text.contains("#")) {
                return List.of();
            }
            Optional<Reference> reference = text.contains("/") ? byId(text) : byName(text);
            if (reference.isEmpty()) {
                problems.add(
                        item,
                        "'" + text + "' leads to no field of this contract",
                        "Write entity.field by their names, or /schema/<id>/properties/<id> by their ids");
                return List.of();
            }
            references.add(reference.get());
        }
        return references;
    }

    private Optional<Reference> byName(String text) {
        return entities.values().stream()
                .filter(entity -> text.startsWith(entity.name() + "."))
                .flatMap(entity -> entity.field(text.substring(entity.name().length() + 1)).stream()
                        .map(field -> new Reference(entity.name(), field)))
                .findFirst();
    }

    private Optional<Reference> byId(String text) {
        String[] steps = (text.startsWith("/") ? text.substring(1) : text).split("/");
        if (steps.length < 4 || steps.length % 2 != 0 || !steps[0].equals("schema")) {
            return Optional.empty();
        }
        Optional<Yaml.Table> schema = withId(contract.tables("schema"), steps[1]);
        String entityName = schema.map(table -> table.text("name")).orElse("");
        Optional<Yaml.Table> property = schema;
        List<String> names = new ArrayList<>();
        for (int i = 2; i < steps.length && property.isPresent(); i += 2) {
            property = withId(property.get().tables("properties"), steps[i + 1]);
            names.add(property.map(table -> table.text("name")).orElse(""));
        }
        return Optional.ofNullable(entities.get(entityName))
                .flatMap(entity -> entity.field(String.join(".", names)))
                .map(field -> new Reference(entityName, field));
    }

    private static Optional<Yaml.Table> withId(List<Yaml.Table> tables, String id) {
        return tables.stream().filter(table -> id.equals(table.text("id"))).findFirst();
    }
}
