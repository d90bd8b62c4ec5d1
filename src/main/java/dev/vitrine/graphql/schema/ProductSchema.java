package dev.vitrine.graphql.schema;

import static graphql.schema.FieldCoordinates.coordinates;
import static graphql.schema.GraphQLNonNull.nonNull;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.Relation;
import dev.vitrine.graphql.fetch.CollectionArguments;
import dev.vitrine.graphql.fetch.CollectionOf;
import dev.vitrine.graphql.fetch.EntityByKey;
import dev.vitrine.graphql.fetch.EntityShape;
import dev.vitrine.graphql.fetch.RelatedEntities;
import dev.vitrine.graphql.fetch.RelatedEntity;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Makes the executable schema of a product version: the same for all callers, whatever they may see.
public final class ProductSchema {

    private static final String QUERY = "Query";

    private final DataProduct product;
    private final EntityTypes types;
    private final GraphQLCodeRegistry.Builder code = GraphQLCodeRegistry.newCodeRegistry();
    private final Names rootNames = new Names();
    private final Map<String, Parts> parts = new HashMap<>();

    private ProductSchema(DataProduct product) {
        this.product = product;
        this.types = new EntityTypes(product);
    }

    /// @param names of fields and relations in GraphQL by their name in the contract
    /// @param connection its type
    /// @param arguments of a connection
    /// @param reader of these arguments
    private record Parts(
            Map<String, String> names,
            EntityShape shape,
            GraphQLObjectType connection,
            List<GraphQLArgument> arguments,
            CollectionArguments reader) {}

    /// The schema of a product version.
    public static GraphQLSchema of(DataProduct product) {
        return new ProductSchema(product).schema();
    }

    private GraphQLSchema schema() {
        GraphQLSchema.Builder schema = GraphQLSchema.newSchema();
        FilterTypes filters = new FilterTypes(types);
        SortTypes sorts = new SortTypes(types);
        ConnectionTypes connections = new ConnectionTypes(types, code);
        schema.additionalType(connections.pageInfo()).additionalType(SortTypes.direction());
        for (EntityType type : product.entities()) {
            FilterTypes.Made filter = filters.of(type);
            var sort = sorts.of(type);
            Map<String, String> names = names(type);
            parts.put(
                    type.name(),
                    new Parts(
                            names,
                            shape(type, names),
                            connections.of(type),
                            ConnectionTypes.arguments(filter.type(), sort),
                            new CollectionArguments(filter.shape())));
            schema.additionalType(filter.type()).additionalType(sort);
        }
        filters.tests().forEach(schema::additionalType);
        ObjectTypes objects = new ObjectTypes(types, code);
        GraphQLObjectType.Builder query =
                GraphQLObjectType.newObject().name(QUERY).description(product.description());
        for (EntityType type : product.entities()) {
            Parts of = parts(type);
            GraphQLObjectType.Builder object = objects.of(type, of.names());
            product.relations(type).forEach(relation -> object.field(relation(type, relation)));
            schema.additionalType(object.build()).additionalType(of.connection());
            query.field(byKey(type)).field(collection(type));
        }
        return schema.query(query.build()).codeRegistry(code.build()).build();
    }

    private Parts parts(EntityType type) {
        return Objects.requireNonNull(parts.get(type.name()));
    }

    private Map<String, String> names(EntityType type) {
        Names names = new Names();
        Map<String, String> known = new LinkedHashMap<>();
        type.fields().forEach(field -> known.put(field.name(), names.take(field.name())));
        product.relations(type).forEach(relation -> known.put(relation.name(), names.take(relation.name())));
        return known;
    }

    private EntityShape shape(EntityType type, Map<String, String> names) {
        Map<String, List<FieldPath>> behind = new HashMap<>();
        for (Field field : type.fields()) {
            behind.put(Objects.requireNonNull(names.get(field.name())), List.of(new FieldPath(List.of(field))));
        }
        for (Relation relation : product.relations(type)) {
            behind.put(Objects.requireNonNull(names.get(relation.name())), relation.from());
        }
        return new EntityShape(type.key(), behind);
    }

    private GraphQLFieldDefinition relation(EntityType from, Relation relation) {
        EntityType target = relation.target();
        Parts there = parts(target);
        String name = Objects.requireNonNull(parts(from).names().get(relation.name()));
        GraphQLFieldDefinition.Builder field =
                GraphQLFieldDefinition.newFieldDefinition().name(name);
        DataFetcher<?> value;
        if (relation.toMany()) {
            value = new RelatedEntities(relation, there.shape(), there.reader());
            field.description("The %s that point to this %s."
                            .formatted(target.name(), Names.uncapitalised(from.typeName())))
                    .type(GraphQLTypeReference.typeRef(there.connection().getName()))
                    .arguments(there.arguments());
        } else {
            value = new RelatedEntity(relation, there.shape());
            field.description("The %s that this %s points to; null if there is none, or it may not be seen."
                            .formatted(Names.uncapitalised(target.typeName()), Names.uncapitalised(from.typeName())))
                    .type(GraphQLTypeReference.typeRef(types.of(target)));
        }
        code.dataFetcher(coordinates(types.of(from), name), value);
        return field.build();
    }

    /// `customer(customerId: Long!)`; `monthlyRevenueByKey(…)` where the plain name is the collection's.
    private GraphQLFieldDefinition byKey(EntityType type) {
        String plain = Names.uncapitalised(type.typeName());
        String name = rootNames.take(plain.equals(type.name()) ? plain + "ByKey" : plain);
        Names arguments = new Names();
        List<String> argumentNames = new ArrayList<>();
        GraphQLFieldDefinition.Builder field = GraphQLFieldDefinition.newFieldDefinition()
                .name(name)
                .description("The %s with this key; null if there is none, or it may not be seen.".formatted(plain))
                .type(GraphQLTypeReference.typeRef(types.of(type)));
        for (FieldPath path : type.key()) {
            String argument = arguments.take(path.name());
            argumentNames.add(argument);
            field.argument(GraphQLArgument.newArgument()
                    .name(argument)
                    .description(Descriptions.of(path.field(), argument))
                    .type(nonNull(
                            Scalars.argument((FieldType.Scalar) path.field().type()))));
        }
        code.dataFetcher(
                coordinates(QUERY, name), new EntityByKey(type, parts(type).shape(), argumentNames));
        return field.build();
    }

    private GraphQLFieldDefinition collection(EntityType type) {
        Parts of = parts(type);
        String name = rootNames.take(type.name());
        code.dataFetcher(coordinates(QUERY, name), new CollectionOf(type, of.shape(), of.reader()));
        return GraphQLFieldDefinition.newFieldDefinition()
                .name(name)
                .description(Descriptions.of(type))
                .arguments(of.arguments())
                .type(GraphQLTypeReference.typeRef(of.connection().getName()))
                .build();
    }
}
