package dev.vitrine.graphql.schema;

import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.FieldType.ArrayType;
import dev.vitrine.contract.FieldType.MapType;
import dev.vitrine.contract.FieldType.NumberType;
import dev.vitrine.contract.FieldType.ObjectType;
import dev.vitrine.graphql.fetch.ShownField;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import java.util.List;
import java.util.Map;

/// The types of entities and of the objects in them.
final class ObjectTypes {

    private final EntityTypes types;
    private final GraphQLCodeRegistry.Builder code;

    ObjectTypes(EntityTypes types, GraphQLCodeRegistry.Builder code) {
        this.types = types;
        this.code = code;
    }

    /// The type of an entity, to which relations can be added.
    ///
    /// @param names of its fields in GraphQL by their name in the contract
    GraphQLObjectType.Builder of(EntityType type, Map<String, String> names) {
        String typeName = types.of(type);
        GraphQLObjectType.Builder object =
                GraphQLObjectType.newObject().name(typeName).description(Descriptions.of(type));
        List<Field> key = type.key().stream().map(FieldPath::field).toList();
        type.fields().forEach(field -> object.field(field(typeName, field, names.getOrDefault(field.name(), ""), key)));
        return object;
    }

    private GraphQLObjectType object(String typeName, List<Field> fields, List<Field> key) {
        GraphQLObjectType.Builder object = GraphQLObjectType.newObject().name(typeName);
        Names names = new Names();
        fields.forEach(field -> object.field(field(typeName, field, names.take(field.name()), key)));
        return object.build();
    }

    private GraphQLFieldDefinition field(String owner, Field field, String name, List<Field> key) {
        GraphQLOutputType type = type(owner, field.name(), field.type(), key);
        boolean there = key.contains(field) || (alwaysShown(field) && !nullable(field));
        code.dataFetcher(FieldCoordinates.coordinates(owner, name), new ShownField(field.name()));
        return GraphQLFieldDefinition.newFieldDefinition()
                .name(name)
                .description(Descriptions.of(field, name))
                .type(there ? GraphQLNonNull.nonNull(type) : type)
                .build();
    }

    private GraphQLOutputType type(String owner, String name, FieldType type, List<Field> key) {
        return switch (type) {
            case FieldType.Scalar scalar -> Scalars.answer(scalar);
            case ObjectType object ->
                object(types.take(owner + Names.capitalised(Names.plain(name))), object.fields(), key);
            // Delta does not promise that elements are there, and the contract cannot.
            case ArrayType array -> GraphQLList.list(type(owner, singular(name), array.items(), List.of()));
            case MapType map -> Scalars.JSON;
        };
    }

    private static boolean nullable(Field field) {
        return switch (field.type()) {
            case NumberType number -> true;
            case ObjectType object -> !object.grouping() && !field.required();
            default -> !field.required();
        };
    }

    /// Whether every caller sees it: an object of which nothing may be seen is left out too.
    private static boolean alwaysShown(Field field) {
        return field.classification() == null && alwaysShown(field.type());
    }

    private static boolean alwaysShown(FieldType type) {
        return switch (type) {
            case FieldType.Scalar scalar -> true;
            case ObjectType object -> object.fields().stream().anyMatch(ObjectTypes::alwaysShown);
            case ArrayType array -> alwaysShown(array.items());
            case MapType map -> alwaysShown(map.values());
        };
    }

    /// `lines` → `line`, `categories` → `category`, `address` → `address`: as in the OpenAPI document.
    private static String singular(String name) {
        if (name.endsWith("ies") && name.length() > 4) {
            return name.substring(0, name.length() - 3) + 'y';
        }
        return name.endsWith("s") && !name.endsWith("ss") ? name.substring(0, name.length() - 1) : name;
    }
}
