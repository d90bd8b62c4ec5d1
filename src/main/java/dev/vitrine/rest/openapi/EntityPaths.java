package dev.vitrine.rest.openapi;

import static dev.vitrine.rest.openapi.EntitySchemas.capitalised;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType.Scalar;
import dev.vitrine.contract.Relation;
import dev.vitrine.contract.Role;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import java.util.stream.Collectors;

/// The operations of an entity: one by its key, many by their keys, the collection, and what is behind each relation.
final class EntityPaths {

    private static final String KEY =
            "Every character of a key can be percent-encoded: `/` is written `%2F`, `,` is `%2C`.";
    private static final String FILTERS = """
            All filters given must hold. A field that a filter names as `field` can also be written `field.eq`. \
            Text is compared by code point; absent values come first in ascending order.

            As `application/jsonl` or `text/csv` the answer holds, without `limit`, everything that the filters select: \
            read page by page while it is sent, so that `Delta-Table-Version` is of its first page. An answer that fails \
            midway is cut off: the connection or stream ends without its regular end.""";

    private final DataProduct product;
    private final EntityType entity;

    EntityPaths(DataProduct product, EntityType entity) {
        this.product = product;
        this.entity = entity;
    }

    void addTo(Paths paths) {
        String collection = "/api/" + product.address() + "/" + entity.name();
        String key = collection
                + entity.key().stream().map(part -> "{" + part.name() + "}").collect(Collectors.joining(",", "/", ""));
        paths.addPathItem(collection, new PathItem().get(list()));
        paths.addPathItem(key, new PathItem().get(one()));
        for (Relation relation : product.relations(entity)) {
            paths.addPathItem(
                    key + "/" + relation.name(),
                    new PathItem().get(relation.toMany() ? many(relation) : one(relation)));
        }
        paths.addPathItem(collection + ":batchGet", new PathItem().post(batch()));
    }

    private Operation one() {
        Operation operation = operation(entity, "get" + entity.typeName(), "One of " + entity.name() + ", by its key")
                .description(KEY);
        addKey(operation);
        addShape(operation, entity);
        return operation.responses(SharedAnswers.one(entity.typeName()));
    }

    private Operation one(Relation relation) {
        EntityType target = relation.target();
        Operation operation = operation(
                        target,
                        "get" + entity.typeName() + capitalised(relation.name()),
                        "The %s of one of %s".formatted(relation.name(), entity.name()))
                .description("404 also where %s names none, or one that the token does not open.\n\n%s"
                        .formatted(names(relation.from()), KEY));
        addKey(operation);
        addShape(operation, target);
        return operation.responses(SharedAnswers.one(target.typeName()));
    }

    private Operation list() {
        Operation operation = operation(entity, "list" + capitalised(entity.name()), "A page of " + entity.name())
                .description(FILTERS);
        addPaging(operation, entity, List.of());
        return operation.responses(SharedAnswers.page(entity.typeName() + "Page"));
    }

    private Operation many(Relation relation) {
        EntityType target = relation.target();
        Operation operation = operation(
                        target,
                        "list" + entity.typeName() + capitalised(relation.name()),
                        "A page of the %s of one of %s".formatted(relation.name(), entity.name()))
                .description(FILTERS + "\n\n" + KEY);
        addKey(operation);
        addPaging(operation, target, relation.to());
        return operation.responses(SharedAnswers.page(target.typeName() + "Page"));
    }

    private Operation batch() {
        Operation operation = operation(
                        entity, "batchGet" + capitalised(entity.name()), "Many of " + entity.name() + ", by their keys")
                .description(
                        "One answer per key, in the order of the keys, all of one state of the table. Also for keys"
                                + " that fit into no address: `.`, `..` and the empty one.");
        addShape(operation, entity);
        operation.requestBody(new RequestBody()
                .required(true)
                .content(new Content()
                        .addMediaType(
                                "application/json",
                                new MediaType().schema(EntitySchemas.reference(entity.typeName() + "Keys")))));
        return operation.responses(SharedAnswers.batch(entity.typeName() + "Batch"));
    }

    private void addKey(Operation operation) {
        entity.key().forEach(part -> operation.addParametersItem(keyPart(part)));
    }

    /// @param known fields that need no filter, as the address says what they are
    private void addPaging(Operation operation, EntityType type, List<FieldPath> known) {
        FilterParameters.of(type, known).forEach(operation::addParametersItem);
        operation.addParametersItem(FilterParameters.sort(type));
        operation.addParametersItem(FilterParameters.limit());
        operation.addParametersItem(FilterParameters.cursor());
        ShapeParameters shape = new ShapeParameters(product, type);
        shape.all().forEach(operation::addParametersItem);
        operation.addParametersItem(FilterParameters.preferCountOrWait());
        operation.addParametersItem(FilterParameters.minimumVersion());
    }

    private void addShape(Operation operation, EntityType type) {
        new ShapeParameters(product, type).all().forEach(operation::addParametersItem);
        operation.addParametersItem(FilterParameters.preferWait());
        operation.addParametersItem(FilterParameters.minimumVersion());
    }

    /// @param opened what a token must open
    private Operation operation(EntityType opened, String id, String summary) {
        Operation operation = new Operation().operationId(id).summary(summary).addTagsItem(entity.name());
        if (product.status() == DataProduct.Status.DEPRECATED) {
            operation.deprecated(true);
        }
        for (Role role : product.roles()) {
            if (opens(role, entity) && opens(role, opened)) {
                operation.addSecurityItem(
                        new SecurityRequirement().addList(ContractDocument.SECURITY_SCHEME, role.scope()));
            }
        }
        operation.addSecurityItem(new SecurityRequirement().addList(ContractDocument.TOKEN_SCHEME));
        operation.addSecurityItem(new SecurityRequirement().addList(ContractDocument.KEY_SCHEME));
        return operation;
    }

    private static boolean opens(Role role, EntityType type) {
        return role.rowFilters().isEmpty() || role.rowFilters().containsKey(type.name());
    }

    private static String names(List<FieldPath> paths) {
        return paths.stream().map(path -> "`" + path.name() + "`").collect(Collectors.joining(", "));
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
}
