package dev.vitrine.contract.odcs;

import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Role;
import dev.vitrine.contract.RowFilter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `roles`: what each OAuth2 scope opens.
final class RoleReader {

    /// A scope token of RFC 6749.
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    private static final Set<String> CUSTOM = Set.of("classifications", "rowFilter");

    private final Problems problems;

    RoleReader(Problems problems) {
        this.problems = problems;
    }

    /// @param entities all of the contract, by name
    List<Role> read(Yaml.Table contract, Map<String, EntityType> entities) {
        List<Role> roles = new ArrayList<>();
        Set<String> scopes = new HashSet<>();
        for (Yaml.Table source : contract.tables("roles")) {
            String scope = source.text("role");
            if (scope == null) {
                continue;
            }
            if (!SCOPE.matcher(scope).matches()) {
                problems.add(
                        source.at("role"),
                        "'" + scope + "' cannot be an OAuth2 scope",
                        "Use printable ASCII without spaces, quotes and backslashes, such as sales:read");
            }
            if (!scopes.add(scope)) {
                problems.add(source.at("role"), "the role '" + scope + "' stands here twice", "Make one of the two");
            }
            Custom custom = Custom.of(source, CUSTOM, problems);
            roles.add(new Role(
                    scope,
                    source.text("description"),
                    Set.copyOf(custom.texts("classifications")),
                    rowFilters(custom, entities)));
        }
        return roles;
    }

    private Map<String, RowFilter> rowFilters(Custom custom, Map<String, EntityType> entities) {
        Yaml value = custom.get("rowFilter");
        Map<String, RowFilter> filters = new LinkedHashMap<>();
        if (value == null) {
            return filters;
        }
        if (!(value instanceof Yaml.Table table) || table.entries().isEmpty()) {
            problems.add(
                    value,
                    "'rowFilter' is " + value.kind() + " without entities",
                    "Write a filter for each entity that is open: {customers: \"region = 'EUROPE'\"}");
            return filters;
        }
        table.entries().forEach((name, filter) -> {
            EntityType entity = entities.get(name);
            if (entity == null) {
                problems.add(
                        filter,
                        "there is no entity '" + name + "'",
                        Names.meant(name, entities.keySet())
                                .map(meant -> "Did you mean '" + meant + "'?")
                                .orElse("Use one of " + String.join(", ", entities.keySet())));
            } else if (filter instanceof Yaml.Leaf leaf && leaf.value() instanceof String text) {
                rowFilter(leaf, text, entity, filters);
            } else {
                problems.add(filter, "the filter is " + filter.kind(), "Write text such as \"region = 'EUROPE'\"");
            }
        });
        return filters;
    }

    private void rowFilter(Yaml at, String text, EntityType entity, Map<String, RowFilter> filters) {
        try {
            filters.put(entity.name(), RowFilterParser.parse(text, entity));
        } catch (RowFilterParser.Malformed e) {
            problems.add(
                    at,
                    String.valueOf(e.getMessage()),
                    "Write comparisons such as region = 'EUROPE', joined by and, or, not and brackets");
        }
    }
}
