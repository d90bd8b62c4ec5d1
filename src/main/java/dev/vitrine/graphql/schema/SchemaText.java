package dev.vitrine.graphql.schema;

import graphql.schema.GraphQLSchema;
import graphql.schema.GraphqlTypeComparatorRegistry;
import graphql.schema.idl.SchemaPrinter;

/// A schema in the definition language, as it is published.
public final class SchemaText {

    private static final SchemaPrinter PRINTER = new SchemaPrinter(SchemaPrinter.Options.defaultOptions()
            .includeScalarTypes(true)
            .includeDirectiveDefinitions(false)
            .setComparators(GraphqlTypeComparatorRegistry.AS_IS_REGISTRY));

    private SchemaText() {}

    /// The definitions; fields stand in the order of the contract.
    public static String of(GraphQLSchema schema) {
        return PRINTER.print(schema).replaceAll("[ \\t]+\n", "\n");
    }
}
