package dev.vitrine.contract.odcs;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.DataProduct.Status;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.ServiceLevel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one contract: YAML, then the standard, then what it takes to be served. All that is wrong is reported at once;
/// what the standard check reported is passed over by the steps after it.
final class ContractReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_~-][A-Za-z0-9._~-]*");
    private static final Pattern VERSION = Pattern.compile("[vV]?([0-9]{1,6})([.+-].*)?");

    private final Environment environment;
    private final Problems problems;

    ContractReader(Environment environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /// The product; it may be served only if there are no problems.
    Optional<DataProduct> read(byte[] bytes, Path source) {
        Optional<Yaml.Table> document = YamlDocument.read(bytes, problems);
        document.ifPresent(contract -> new StandardCheck(problems).check(contract, Standard.CONTRACT));
        return document.map(contract -> product(contract, source));
    }

    private DataProduct product(Yaml.Table contract, Path source) {
        Custom custom = Custom.of(contract, Set.of("maxDeleteShare", "maxRequestUnits"), problems);
        Map<String, EntityType> entities = new LinkedHashMap<>();
        Map<String, Yaml.Table> sources = new LinkedHashMap<>();
        Map<String, String> typeNames = new LinkedHashMap<>();
        for (Yaml.Table schema : contract.tables("schema")) {
            String name = schema.text("name");
            if (name == null) {
                continue;
            }
            EntityType entity = new EntityReader(problems).read(schema, name, custom);
            if (entities.putIfAbsent(name, entity) != null) {
                problems.add(schema.at("name"), "an entity '" + name + "' stands here already", "Rename one of them");
                continue;
            }
            sources.put(name, schema);
            String other = typeNames.putIfAbsent(entity.typeName(), name);
            if (other != null) {
                problems.add(
                        schema,
                        "'" + name + "' and '" + other + "' both have the type name " + entity.typeName(),
                        "Give one of them a custom typeName");
            }
        }
        if (entities.isEmpty()) {
            problems.add(contract.at("schema"), "the contract describes no table", "Add schema: with an entity");
        }
        RelationshipReader relationships = new RelationshipReader(contract, entities, problems);
        List<EntityType> related = new ArrayList<>();
        sources.forEach((name, schema) -> {
            EntityType entity = Objects.requireNonNull(entities.get(name));
            related.add(new EntityType(
                    entity.name(),
                    entity.typeName(),
                    entity.table(),
                    entity.title(),
                    entity.description(),
                    entity.fields(),
                    entity.key(),
                    entity.sortable(),
                    relationships.read(schema, entity),
                    entity.maxDeleteShare(),
                    entity.partitioned(),
                    entity.maxRequestUnits()));
        });
        List<ServiceLevel> levels = new ServiceLevelReader(related, problems).read(contract);
        checkEnd(contract, levels);
        return new DataProduct(
                name(contract),
                major(contract),
                Objects.requireNonNullElse(contract.text("version"), ""),
                status(contract),
                Objects.requireNonNullElse(contract.text("id"), ""),
                description(contract.table("description")),
                new ServerReader(environment, problems).location(contract),
                related,
                new RoleReader(problems).read(contract, entities),
                levels,
                source);
    }

    private String name(Yaml.Table contract) {
        // dataProduct is the older, deprecated key
        String key = contract.get("name") == null && contract.get("dataProduct") != null ? "dataProduct" : "name";
        String name = contract.text(key);
        if (name == null && contract.get(key) == null) {
            problems.add(contract, "the product has no name, so it has no address", "Add name: sales");
        } else if (name != null && !NAME.matcher(name).matches()) {
            problems.add(
                    contract.at(key),
                    "'" + name + "' cannot be a segment of an address",
                    "Use letters, digits, _, -, ~ and full stops");
        }
        return Objects.requireNonNullElse(name, "");
    }

    private int major(Yaml.Table contract) {
        String version = contract.text("version");
        if (version == null) {
            return 0;
        }
        Matcher matcher = VERSION.matcher(version);
        if (matcher.matches()) {
            return Integer.parseInt(matcher.group(1));
        }
        problems.add(contract.at("version"), "'" + version + "' does not begin with a major version", "Write 1.0.0");
        return 0;
    }

    private Status status(Yaml.Table contract) {
        String status = contract.text("status");
        if (status == null) {
            return Status.DRAFT;
        }
        for (Status known : Status.values()) {
            if (known.name().equals(status.toUpperCase(Locale.ROOT))) {
                return known;
            }
        }
        problems.add(
                contract.at("status"),
                "'" + status + "' does not say whether the contract is served",
                "Use proposed, draft, active, deprecated or retired");
        return Status.DRAFT;
    }

    private static @Nullable String description(Yaml.Table description) {
        List<String> parts = new ArrayList<>();
        add(parts, "", description.text("purpose"));
        add(parts, "**Usage:** ", description.text("usage"));
        add(parts, "**Limitations:** ", description.text("limitations"));
        return parts.isEmpty() ? null : String.join("\n\n", parts);
    }

    private static void add(List<String> parts, String title, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            parts.add(title + text.strip());
        }
    }

    /// A version cannot be gone before it is deprecated: the Sunset header may not be earlier than Deprecation.
    private void checkEnd(Yaml.Table contract, List<ServiceLevel> levels) {
        Instant support = Instant.MIN;
        Instant life = Instant.MAX;
        for (ServiceLevel level : levels) {
            if (level instanceof ServiceLevel.EndOfSupport end && end.at().isAfter(support)) {
                support = end.at();
            } else if (level instanceof ServiceLevel.EndOfLife end && end.at().isBefore(life)) {
                life = end.at();
            }
        }
        if (life.isBefore(support)) {
            problems.add(
                    contract.at("slaProperties"),
                    "endOfLife (" + life + ") is before endOfSupport (" + support + ")",
                    "Let the support end first");
        }
    }
}
