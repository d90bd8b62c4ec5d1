package dev.vitrine.graphql.schema;

import static graphql.schema.FieldCoordinates.coordinates;
import static graphql.schema.GraphQLNonNull.nonNull;

import dev.vitrine.contract.EntityType;
import dev.vitrine.graphql.fetch.CollectionArguments;
import dev.vitrine.graphql.fetch.Connection;
import graphql.Scalars;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLTypeReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pages of entities, as Relay's connections: forwards only.
final class ConnectionTypes {

    static final String PAGE_INFO = "PageInfo";

    private final EntityTypes types;
    private final GraphQLCodeRegistry.Builder code;

    ConnectionTypes(EntityTypes types, GraphQLCodeRegistry.Builder code) {
        this.types = types;
        this.code = code;
    }

    GraphQLObjectType pageInfo() {
        return GraphQLObjectType.newObject()
                .name(PAGE_INFO)
                .description("Where a page stands among the others.")
                .field(field(
                        PAGE_INFO,
                        "hasNextPage",
                        "Whether others follow.",
                        nonNull(Scalars.GraphQLBoolean),
                        Connection.HAS_NEXT_PAGE))
                .field(field(
                        PAGE_INFO,
                        "hasPreviousPage",
                        "Whether the page was asked for with `after`.",
                        nonNull(Scalars.GraphQLBoolean),
                        Connection.HAS_PREVIOUS_PAGE))
                .field(field(
                        PAGE_INFO,
                        "startCursor",
                        "Cursor of the first edge; null on an empty page.",
                        Scalars.GraphQLString,
                        Connection.START_CURSOR))
                .field(field(
                        PAGE_INFO,
                        "endCursor",
                        "Cursor of the last edge, for `after`; null on an empty page.",
                        Scalars.GraphQLString,
                        Connection.END_CURSOR))
                .build();
    }

    /// `CustomerConnection`, with `CustomerEdge` inside.
    GraphQLObjectType of(EntityType type) {
        String entity = types.of(type);
        String connection = types.take(entity + "Connection");
        return GraphQLObjectType.newObject()
                .name(connection)
                .description("A page of %s.".formatted(type.name()))
                .field(field(
                        connection,
                        "edges",
                        null,
                        nonNull(GraphQLList.list(nonNull(edge(types.take(entity + "Edge"), entity)))),
                        Connection.EDGES))
                .field(field(
                        connection,
                        "pageInfo",
                        null,
                        nonNull(GraphQLTypeReference.typeRef(PAGE_INFO)),
                        Connection.PAGE_INFO))
                .field(field(
                        connection,
                        "totalCount",
                        "How many there are on all pages; counted only if it is selected.",
                        dev.vitrine.graphql.schema.Scalars.LONG,
                        Connection.TOTAL_COUNT))
                .build();
    }

    private GraphQLObjectType edge(String name, String entity) {
        return GraphQLObjectType.newObject()
                .name(name)
                .field(field(name, "node", null, nonNull(GraphQLTypeReference.typeRef(entity)), Connection.NODE))
                .field(field(
                        name,
                        "cursor",
                        "Leads to what follows, as `after`.",
                        nonNull(Scalars.GraphQLString),
                        Connection.CURSOR))
                .build();
    }

    /// What a connection is asked with.
    static List<GraphQLArgument> arguments(GraphQLInputObjectType filter, GraphQLInputObjectType sort) {
        return List.of(
                argument("filter", null, GraphQLTypeReference.typeRef(filter.getName()))
                        .build(),
                argument(
                                "sort",
                                "By the key, unless it is given.",
                                GraphQLList.list(nonNull(GraphQLTypeReference.typeRef(sort.getName()))))
                        .build(),
                argument(
                                "first",
                                "How many at most, 1 to %d.".formatted(CollectionArguments.MAX_FIRST),
                                Scalars.GraphQLInt)
                        .defaultValueProgrammatic(CollectionArguments.DEFAULT_FIRST)
                        .build(),
                argument(
                                "after",
                                "Only what follows this cursor; the other arguments stay the same.",
                                Scalars.GraphQLString)
                        .build());
    }

    private static GraphQLArgument.Builder argument(String name, @Nullable String description, GraphQLInputType type) {
        return GraphQLArgument.newArgument().name(name).description(description).type(type);
    }

    private GraphQLFieldDefinition field(
            String owner, String name, @Nullable String description, GraphQLOutputType type, DataFetcher<?> value) {
        code.dataFetcher(coordinates(owner, name), value);
        return GraphQLFieldDefinition.newFieldDefinition()
                .name(name)
                .description(description)
                .type(type)
                .build();
    }
}
