package dev.vitrine.graphql;

import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import org.jspecify.annotations.Nullable;

/// Looks into documents before they are run.
final class Operations {

    private Operations() {}

    /// Whether the operation that would be run is a mutation. There are none in the schemas, but a GET that asks for
    /// one
    /// is answered in its own way.
    static boolean mutates(String document, @Nullable String operationName) {
        if (!document.contains("mutation")) {
            return false;
        }
        try {
            return Parser.parse(document).getDefinitionsOfType(OperationDefinition.class).stream()
                    .filter(operation -> operationName == null || operationName.equals(operation.getName()))
                    .anyMatch(operation -> operation.getOperation() == Operation.MUTATION);
        } catch (InvalidSyntaxException e) {
            return false;
        }
    }
}
