package dev.vitrine.rest.openapi;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType.Scalar;
import dev.vitrine.contract.Role;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.stream.Collectors;

/// The two operations of an entity: one by its key, and the collection.
final class EntityPaths {

    private final DataProduct product;
    private final EntityType entity;

    EntityPaths(DataProduct product, EntityType entity) {
        this.product = product;
        this.entity = entity;
    }

    void addTo(Paths paths) {
        String collection = "/api/" + product.address() + "/" + entity.name();
        String key =
                entity.key().stream().map(part -> "{" + part.name() + "}").collect(Collectors.joining(",", "/", ""));
        paths.addPathItem(collection, new PathItem().get(list()));
        paths.addPathItem(collection + key, new PathItem().get(one()));
    }

    private Operation one() {
        Operation operation = operation("get" + entity.typeName(), "One of " + entity.name() + ", by its key")
                .description("Every character of a key can be percent-encoded: `/` is written `%2F`, `,` is `%2C`.");
        for (FieldPath part : entity.key()) {
            operation.addParametersItem(keyPart(part));
        }
        operation.addParametersItem(FilterParameters.fields(entity));
        operation.responses(answers(entity.typeName(), false));
        return operation;
    }

    private Operation list() {
        Operation operation = operation("list" + EntitySchemas.capitalised(entity.name()), "A page of " + entity.name())
                .description("""
                        All filters given must hold. A field that a filter names as `field` can also be written `field.eq`. \
                        Text is compared by code point; absent values come first in ascending order.""");
        FilterParameters.of(entity).forEach(operation::addParametersItem);
        operation.addParametersItem(FilterParameters.sort(entity));
        operation.addParametersItem(FilterParameters.limit());
        operation.addParametersItem(FilterParameters.cursor());
        operation.addParametersItem(FilterParameters.fields(entity));
        operation.addParametersItem(FilterParameters.prefer());
        operation.responses(answers(entity.typeName() + "Page", true));
        return operation;
    }

    private Operation operation(String id, String summary) {
        Operation operation = new Operation().operationId(id).summary(summary).addTagsItem(entity.name());
        for (Role role : product.roles()) {
            if (role.rowFilters().isEmpty() || role.rowFilters().containsKey(entity.name())) {
                operation.addSecurityItem(
                        new SecurityRequirement().addList(ContractDocument.SECURITY_SCHEME, role.scope()));
            }
        }
        operation.addSecurityItem(new SecurityRequirement().addList(ContractDocument.KEY_SCHEME));
        return operation;
    }

    private static Parameter keyPart(FieldPath part) {
        Parameter parameter = new Parameter()
                .name(part.name())
                .in("path")
                .required(true)
                .description(part.field().description());
        if (part.field().type() instanceof Scalar scalar) {
            parameter.schema(ScalarSchemas.schema(scalar, false));
            if (!part.field().examples().isEmpty()) {
                parameter.example(
                        ScalarSchemas.examples(scalar, part.field().examples()).getFirst());
            }
        }
        return parameter;
    }

    private static ApiResponses answers(String schema, boolean page) {
        ApiResponses responses = new ApiResponses();
        responses.addApiResponse("200", SharedAnswers.ok(schema, page));
        responses.addApiResponse("304", reference("NotModified"));
        for (SharedAnswers.Failure failure : SharedAnswers.Failure.values()) {
            if (failure.applies(page)) {
                responses.addApiResponse(failure.status(), reference(failure.componentName()));
            }
        }
        return responses;
    }

    private static ApiResponse reference(String name) {
        return new ApiResponse().$ref("#/components/responses/" + name);
    }
}
