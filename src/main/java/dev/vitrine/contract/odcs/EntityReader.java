package dev.vitrine.contract.odcs;

import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.SortTerm;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads one entity of `schema`, without its relationships: those need all entities.
final class EntityReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_~-][A-Za-z0-9._~-]*");
    private static final Pattern TYPE_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Set<String> RESERVED = Set.of("openapi.json", "openapi.yaml", "graphql", "schema.graphqls");
    private static final Set<String> CUSTOM = Set.of("typeName", "sortable", "maxDeleteShare", "maxRequestUnits");
    private static final double MAX_DELETE_SHARE = 0.5;

    private final Problems problems;

    EntityReader(Problems problems) {
        this.problems = problems;
    }

    /// @param entity has a name
    EntityType read(Yaml.Table entity, String name, Custom product) {
        Custom custom = Custom.of(entity, CUSTOM, problems);
        checkName(entity, name);
        FieldReader reader = new FieldReader(problems);
        List<Field> fields = reader.read(entity);
        if (fields.isEmpty()) {
            problems.add(entity, "'" + name + "' has no properties", "Name the columns to serve under properties");
        }
        Yaml share = Objects.requireNonNullElse(custom.get("maxDeleteShare"), new Yaml.Leaf(0, "", null, ""));
        EntityType type = new EntityType(
                name,
                typeName(custom, name),
                table(entity, name),
                entity.text("businessName"),
                entity.text("description"),
                fields,
                List.of(),
                List.of(),
                List.of(),
                share.plain() == null ? maxDeleteShare(product) : maxDeleteShare(custom),
                partitioned(reader.partitioned()),
                new RequestUnits(problems).of(custom, product));
        List<FieldPath> key = keyParts(entity, reader.key()).stream()
                .flatMap(part -> type.field(part.name()).stream())
                .toList();
        key.stream()
                .filter(path -> !path.classifications().isEmpty())
                .forEach(path -> problems.add(
                        entity,
                        "the key field '" + path.name() + "' has a classification, but a key is in every address",
                        "Leave classification out, or use a key that everybody may see"));
        EntityType keyed = with(type, key, List.of());
        return with(type, key, sortable(custom, keyed));
    }

    private static EntityType with(EntityType type, List<FieldPath> key, List<List<SortTerm>> sortable) {
        return new EntityType(
                type.name(),
                type.typeName(),
                type.table(),
                type.title(),
                type.description(),
                type.fields(),
                key,
                sortable,
                List.of(),
                type.maxDeleteShare(),
                type.partitioned(),
                type.maxRequestUnits());
    }

    private void checkName(Yaml.Table entity, String name) {
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    entity.at("name"),
                    "'" + name + "' cannot be a segment of an address",
                    "Use letters, digits, _, - and ~ in name and put the table's name into physicalName");
        } else if (RESERVED.contains(name)) {
            problems.add(
                    entity.at("name"), "the address '" + name + "' is taken by the API itself", "Use another name");
        }
    }

    private String typeName(Custom custom, String entityName) {
        String typeName = custom.text("typeName");
        if (typeName == null) {
            return Names.typeName(entityName);
        }
        if (!TYPE_NAME.matcher(typeName).matches()) {
            problems.add(
                    Objects.requireNonNull(custom.get("typeName")),
                    "'" + typeName + "' cannot be the name of a type",
                    "Use letters, digits and _, beginning with a letter");
        }
        return typeName;
    }

    private String table(Yaml.Table entity, String name) {
        String table = Objects.requireNonNullElse(entity.text("physicalName"), name);
        if (table.isBlank()
                || table.startsWith("/")
                || List.of(table.split("/")).contains("..")) {
            problems.add(
                    entity.at("physicalName"),
                    "'" + table + "' is no table below the server's path",
                    "Write the table's folder name");
        }
        return table;
    }

    double maxDeleteShare(Custom custom) {
        if (!(custom.get("maxDeleteShare") instanceof Yaml value)) {
            return MAX_DELETE_SHARE;
        }
        BigDecimal share = value instanceof Yaml.Leaf leaf ? leaf.number() : null;
        if (share != null && share.signum() >= 0 && share.compareTo(BigDecimal.ONE) <= 0) {
            return share.doubleValue();
        }
        problems.add(value, "'maxDeleteShare' is " + value.kind(), "Write a share from 0 to 1, such as 0.5");
        return MAX_DELETE_SHARE;
    }

    private List<FieldReader.KeyPart> keyParts(Yaml.Table entity, List<FieldReader.KeyPart> parts) {
        if (parts.isEmpty()) {
            problems.add(entity, "the entity has no key", "Add primaryKey: true to the fields that identify a row");
        }
        Set<Long> positions = new HashSet<>();
        for (FieldReader.KeyPart part : parts) {
            long position = position(part);
            if (parts.size() > 1 && position < 1) {
                problems.add(
                        part.source().at("primaryKeyPosition"),
                        "the position of '" + part.name() + "' in the key is not given",
                        "Add primaryKeyPosition: 1, 2, … to each field of the key");
            } else if (parts.size() > 1 && !positions.add(position)) {
                problems.add(
                        part.source().at("primaryKeyPosition"),
                        "two fields of the key have position " + position,
                        "Count primaryKeyPosition from 1 without repeating");
            }
        }
        return parts.stream()
                .sorted(Comparator.comparingLong(EntityReader::position))
                .toList();
    }

    private static long position(FieldReader.KeyPart part) {
        return Objects.requireNonNullElse(part.source().whole("primaryKeyPosition"), -1L);
    }

    /// Names of the properties that say that they are, in the order of their positions; those without come last.
    /// What is no part of the key may be among them: it tells how the files of the table lie.
    private List<String> partitioned(List<FieldReader.KeyPart> properties) {
        Map<Long, String> taken = new HashMap<>();
        List<FieldReader.KeyPart> partitioned = new ArrayList<>();
        for (FieldReader.KeyPart property : properties) {
            Long position = property.source().whole("partitionKeyPosition");
            boolean says = Boolean.TRUE.equals(property.source().flag("partitioned"));
            if (says) {
                partitioned.add(property);
            }
            // -1 is how the standard's own examples say that a property has none
            if (position == null || !says && position == -1) {
                continue;
            }
            Yaml at = property.source().at("partitionKeyPosition");
            String earlier = position < 1 || !says ? null : taken.putIfAbsent(position, property.name());
            if (!says) {
                problems.add(
                        at,
                        "'" + property.name() + "' has a position among the partition columns, but is not partitioned",
                        "Add partitioned: true, or remove partitionKeyPosition");
            } else if (position < 1) {
                problems.add(
                        at,
                        "'" + property.name() + "' cannot be partition column " + position,
                        "Count partitionKeyPosition from 1");
            } else if (earlier != null) {
                problems.add(
                        at,
                        "'%s' and '%s' are both partition column %d".formatted(earlier, property.name(), position),
                        "Count partitionKeyPosition from 1 without repeating");
            }
        }
        return partitioned.stream()
                .sorted(Comparator.comparingLong(property ->
                        Objects.requireNonNullElse(property.source().whole("partitionKeyPosition"), Long.MAX_VALUE)))
                .map(FieldReader.KeyPart::name)
                .toList();
    }

    private List<List<SortTerm>> sortable(Custom custom, EntityType entity) {
        Yaml value = custom.get("sortable");
        if (value == null) {
            return List.of();
        }
        List<List<SortTerm>> sorts = new ArrayList<>();
        for (Yaml sort : value instanceof Yaml.Items items ? items.values() : List.of(value)) {
            List<SortTerm> terms = terms(sort, entity);
            if (terms.size() > 1) {
                sorts.add(terms);
            }
        }
        return sorts;
    }

    private List<SortTerm> terms(Yaml sort, EntityType entity) {
        List<Yaml> written = sort instanceof Yaml.Items items ? items.values() : List.of();
        List<SortTerm> terms = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Yaml item : written) {
            String text = item instanceof Yaml.Leaf leaf ? leaf.text() : "";
            SortTerm term = new SortTerm(text.startsWith("-") ? text.substring(1) : text, text.startsWith("-"));
            Optional<FieldPath> field = entity.field(term.field());
            boolean indexed = field.isPresent()
                    && (field.get().field().filterable() || entity.key().contains(field.get()));
            if (!indexed) {
                problems.add(
                        item,
                        "'" + text + "' is no filterable field of " + entity.name(),
                        "Name a field with filterable: true, or a key field; a minus before it sorts downwards");
            } else if (!seen.add(term.field())) {
                problems.add(item, "'" + term.field() + "' stands twice in this sort", "Remove one");
            } else {
                terms.add(term);
            }
        }
        if (written.size() < 2) {
            problems.add(
                    sort,
                    "'sortable' lists sorts by several fields; one field is always allowed",
                    "Write a list of lists such as [[nation, -balance]]");
        }
        return terms;
    }
}
