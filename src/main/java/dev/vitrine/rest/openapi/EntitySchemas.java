package dev.vitrine.rest.openapi;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.FieldType.ArrayType;
import dev.vitrine.contract.FieldType.MapType;
import dev.vitrine.contract.FieldType.NumberType;
import dev.vitrine.contract.FieldType.ObjectType;
import dev.vitrine.contract.FieldType.Scalar;
import dev.vitrine.contract.Relation;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The schemas of entities, their pages and the objects inside them, each under its own name.
final class EntitySchemas {

    private static final String REFERENCE = "#/components/schemas/";

    private final Components components;

    EntitySchemas(Components components) {
        this.components = components;
    }

    /// Adds `Order`, `OrderPage`, `OrderSort`, `OrderField`, `OrderRelation`, `OrderKeys`, `OrderBatch` and, for the
    /// objects inside, such as `OrderLine`.
    void add(DataProduct product, EntityType entity) {
        String name = entity.typeName();
        List<Field> key = entity.key().stream().map(FieldPath::field).toList();
        addObject(name, ContractDocument.firstOf(entity.description(), entity.title()), entity.fields(), key);
        Schema<?> object = Objects.requireNonNull(components.getSchemas().get(name));
        product.relations(entity).forEach(relation -> object.addProperty(relation.name(), relation(relation)));
        Schema<?> page = of("object").description("A page of " + entity.name() + ".");
        page.addProperty("items", of("array").items(reference(name)));
        page.addProperty(
                "nextCursor",
                of("string", "null")
                        .description("The parameter `cursor` of the following page; null on the last page."));
        page.setRequired(List.of("items", "nextCursor"));
        components.addSchemas(name + "Page", page);
        components.addSchemas(name + "Sort", FilterParameters.sorts(entity));
        new ShapeParameters(product, entity).addSchemas(components);
        new BatchSchemas(components, entity).add();
    }

    private static Schema<?> relation(Relation relation) {
        String target = relation.target().typeName();
        if (relation.toMany()) {
            boolean shown = relation.from().stream()
                    .allMatch(path -> path.classifications().isEmpty());
            return (shown ? reference(target + "Page") : orNull(target + "Page"))
                    .description(
                            "The first %s, only with `expand=%s`; `nextCursor` goes on at the address of the relation."
                                    .formatted(relation.name(), relation.name()));
        }
        return orNull(target)
                .description("Only with `expand=%s`; null where there is none, or none that the caller may see."
                        .formatted(relation.name()));
    }

    private static Schema<?> orNull(String schema) {
        return new JsonSchema().anyOf(List.of(reference(schema), of("null")));
    }

    private void addObject(String name, @Nullable String description, List<Field> fields, List<Field> key) {
        Schema<?> object = of("object");
        object.description(description);
        // Registered before its parts, so that outer schemas come first in the document.
        components.addSchemas(name, object);
        List<String> required = new ArrayList<>();
        for (Field field : fields) {
            boolean nullable = nullable(field) && !key.contains(field);
            object.addProperty(field.name(), describe(name, field, nullable, key));
            if (key.contains(field) || (!nullable && isShownToAll(field))) {
                required.add(field.name());
            }
        }
        if (!required.isEmpty()) {
            object.setRequired(required);
        }
    }

    /// An object of which nothing may be seen is left out as well.
    private static boolean isShownToAll(Field field) {
        return field.classification() == null
                && (!(field.type() instanceof ObjectType object)
                        || object.fields().stream().anyMatch(EntitySchemas::isShownToAll));
    }

    private Schema<?> describe(String owner, Field field, boolean nullable, List<Field> key) {
        Schema<?> schema = schema(owner, field.name(), field.type(), nullable, key);
        schema.setTitle(field.title());
        schema.setDescription(description(field));
        if (!field.examples().isEmpty() && field.type() instanceof Scalar scalar) {
            examples(schema, ScalarSchemas.examples(scalar, field.examples()));
        }
        return schema;
    }

    private Schema<?> schema(String owner, String name, FieldType type, boolean nullable, List<Field> key) {
        return switch (type) {
            case Scalar scalar -> ScalarSchemas.schema(scalar, nullable);
            case ObjectType object -> {
                String schemaName = unused(owner + capitalised(name));
                addObject(schemaName, null, object.fields(), key);
                yield nullable ? orNull(schemaName) : reference(schemaName);
            }
            case ArrayType array ->
                // Delta does not promise that elements are there, and the contract cannot.
                container("array", nullable).items(schema(owner, singular(name), array.items(), true, List.of()));
            case MapType map ->
                container("object", nullable)
                        .additionalProperties(schema(owner, singular(name), map.values(), true, List.of()));
        };
    }

    /// An object inside may end in the name of another type.
    private String unused(String name) {
        return components.getSchemas().containsKey(name) ? unused(name + "Value") : name;
    }

    private static Schema<?> container(String type, boolean nullable) {
        return nullable ? of(type, "null") : of(type);
    }

    private static boolean nullable(Field field) {
        return switch (field.type()) {
            case NumberType number -> true;
            case ObjectType object -> !object.grouping() && !field.required();
            default -> !field.required();
        };
    }

    private static @Nullable String description(Field field) {
        List<String> parts = new ArrayList<>();
        if (field.description() != null) {
            parts.add(field.description());
        }
        ScalarSchemas.expectation(field.type()).ifPresent(parts::add);
        if (field.classification() != null) {
            parts.add("Left out for callers who may not see fields classified `%s`.".formatted(field.classification()));
        }
        return parts.isEmpty() ? null : String.join("\n\n", parts);
    }

    @SuppressWarnings("unchecked")
    private static void examples(Schema<?> schema, List<Object> examples) {
        ((Schema<Object>) schema).setExamples(examples);
    }

    static Schema<?> of(String... types) {
        Schema<?> schema = new JsonSchema();
        for (String type : types) {
            schema.addType(type);
        }
        return schema;
    }

    static Schema<?> reference(String name) {
        return new JsonSchema().$ref(REFERENCE + name);
    }

    static String capitalised(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /// `lines` → `line`, `categories` → `category`, `address` → `address`.
    static String singular(String name) {
        if (name.endsWith("ies") && name.length() > 4) {
            return name.substring(0, name.length() - 3) + 'y';
        }
        return name.endsWith("s") && !name.endsWith("ss") ? name.substring(0, name.length() - 1) : name;
    }
}
