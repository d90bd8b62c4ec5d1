package dev.vitrine.graphql;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.graphql.fetch.Faults;
import dev.vitrine.graphql.fetch.Loaders;
import dev.vitrine.graphql.fetch.Reading;
import dev.vitrine.graphql.schema.ProductSchema;
import dev.vitrine.graphql.schema.SchemaText;
import dev.vitrine.rest.problem.ProblemType;
import graphql.ExecutionResult;
import graphql.schema.GraphQLSchema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import org.springframework.graphql.execution.DefaultExecutionGraphQlService;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.support.DefaultExecutionGraphQlRequest;

/// A product version whose documents can be run. Threads may share it.
final class ExecutableProduct {

    private static final String ANY_REQUEST = "request";

    private final DataProduct product;
    private final PersistedDocuments documents;
    private final DefaultExecutionGraphQlService service;
    private final String schemaText;
    private final boolean trustedOnly;

    ExecutableProduct(DataProduct product, GraphQlSettings settings) {
        this.product = product;
        this.trustedOnly = settings.trustedDocuments();
        this.documents = new PersistedDocuments(product.source().resolveSibling("documents"), System::nanoTime);
        GraphQLSchema schema = ProductSchema.of(product);
        this.schemaText = SchemaText.of(schema);
        this.service = new DefaultExecutionGraphQlService(GraphQlSource.builder(schema)
                .exceptionResolvers(List.of(DataFetcherExceptionResolver.forSingleError(Faults::of)))
                .instrumentation(List.of(new QueryLimits(settings)))
                .configureGraphQl(graphQl -> graphQl.preparsedDocumentProvider(new KeptDocuments()))
                .build());
        this.service.addDataLoaderRegistrar(Loaders.registry());
    }

    DataProduct product() {
        return product;
    }

    /// The document that a request wants run.
    ///
    /// @throws CannotRun if it is none of those that the data team keeps, and has to be
    String document(GraphQlCall call) {
        String id = call.documentId();
        if (id != null) {
            String known = documents.document(id);
            if (known == null) {
                throw new CannotRun(
                        ProblemType.UNKNOWN_DOCUMENT,
                        "There is no persisted document %s. Ids are sha256: and the hash of the document in lower-case hexadecimal."
                                .formatted(id));
            }
            return known;
        }
        String query = Objects.requireNonNull(call.query());
        if (trustedOnly && !documents.contains(query)) {
            throw new CannotRun(
                    ProblemType.UNTRUSTED_DOCUMENT,
                    "Only persisted documents are answered here: send the documentId of one.");
        }
        return query;
    }

    /// The schema in the definition language.
    String schemaText() {
        return schemaText;
    }

    /// Runs a document; everything is read on this thread.
    ExecutionResult run(
            String document, @Nullable String operationName, Map<String, @Nullable Object> variables, Reading reading) {
        DefaultExecutionGraphQlRequest request = new DefaultExecutionGraphQlRequest(
                document, operationName, variables, null, ANY_REQUEST, Locale.ENGLISH);
        request.configureExecutionInput((input, builder) ->
                builder.graphQLContext(Map.of(Reading.class, reading)).build());
        return Objects.requireNonNull(service.execute(request).block()).getExecutionResult();
    }
}
