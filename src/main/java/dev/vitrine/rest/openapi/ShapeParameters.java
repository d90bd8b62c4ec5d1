package dev.vitrine.rest.openapi;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.Relation;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.Parameter.StyleEnum;
import java.util.ArrayList;
import java.util.List;

/// The parameters that say what of each entity is answered, `fields` and `expand`, with the schemas of their values:
/// `CustomerField` and `CustomerRelation`, one for all operations, so that a generated client has one type for each.
record ShapeParameters(DataProduct product, EntityType type) {

    /// Relations one after the other, as the query takes them.
    private static final int DEEPEST = 3;
    /// More values than these are no help in a generated client; then they are plain text there.
    private static final int MOST_PATHS = 60;
    private static final int MOST_NAMES = 200;

    List<Parameter> all() {
        boolean related = !product.relations(type).isEmpty();
        Parameter fields = list(
                "fields",
                "Fields to answer with, and no others, not even those that are required elsewhere; without it, all that the caller may see."
                        + (related ? " Those of an expanded relation with its name in front." : ""),
                fieldSchema());
        if (!related) {
            return List.of(fields);
        }
        Parameter expand = list(
                "expand",
                "Relations to answer with, inside the entity; of relations to many the first 20. They go on, up to "
                        + DEEPEST
                        + " after each other. One that leads to no entity that the caller may see is null.",
                relationSchema());
        return List.of(fields, expand);
    }

    void addSchemas(Components components) {
        List<String> paths = new ArrayList<>();
        List<String> names = new ArrayList<>();
        add(type, "", 0, paths, names);
        components.addSchemas(
                fieldSchema(),
                values(names, MOST_NAMES).description("A field of %s, for `fields`.".formatted(type.name())));
        if (!paths.isEmpty()) {
            components.addSchemas(
                    relationSchema(),
                    values(paths, MOST_PATHS).description("A relation of %s, for `expand`.".formatted(type.name())));
        }
    }

    private String fieldSchema() {
        return type.typeName() + "Field";
    }

    private String relationSchema() {
        return type.typeName() + "Relation";
    }

    /// The names of all fields, and the paths of all relations, that can be reached.
    private void add(EntityType from, String prefix, int depth, List<String> paths, List<String> names) {
        from.allFields().stream().map(FieldPath::name).forEach(name -> names.add(prefix + name));
        if (depth == DEEPEST || paths.size() > MOST_PATHS) {
            return;
        }
        for (Relation relation : product.relations(from)) {
            paths.add(prefix + relation.name());
            names.add(prefix + relation.name());
            add(relation.target(), prefix + relation.name() + ".", depth + 1, paths, names);
        }
    }

    private static Schema<?> values(List<String> values, int most) {
        return values.size() <= most ? FilterParameters.enumeration(values) : EntitySchemas.of("string");
    }

    private static Parameter list(String name, String description, String schema) {
        return FilterParameters.query(
                        name, description, EntitySchemas.of("array").items(EntitySchemas.reference(schema)))
                .style(StyleEnum.FORM)
                .explode(false);
    }
}
