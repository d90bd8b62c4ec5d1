package dev.vitrine.rest.openapi;

import static dev.vitrine.rest.openapi.EntitySchemas.of;
import static dev.vitrine.rest.openapi.EntitySchemas.reference;

import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType.Scalar;
import dev.vitrine.rest.problem.ProblemType;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;

/// The schemas of reading many entities by their keys: `OrderKeys` is asked, `OrderBatch` answered.
record BatchSchemas(Components components, EntityType entity) {

    private static final int MOST_KEYS = 100;

    void add() {
        String name = entity.typeName();
        Schema<?> keys = of("object").description("Keys of " + entity.name() + ".");
        Schema<?> list = of("array").items(key());
        list.setMinItems(1);
        list.setMaxItems(MOST_KEYS);
        keys.addProperty("keys", list);
        keys.setRequired(List.of("keys"));
        components.addSchemas(name + "Keys", keys);

        Schema<?> batch = of("object").description("One answer per key, in their order.");
        batch.addProperty("items", of("array").items(reference(name + "BatchItem")));
        batch.setRequired(List.of("items"));
        components.addSchemas(name + "Batch", batch);
        components.addSchemas(name + "BatchItem", item());
    }

    private Schema<?> item() {
        Schema<?> item = of("object").description("What a request for this key alone would say.");
        item.addProperty("key", key());
        item.addProperty("status", of("integer").format("int32").description("200, or 404 if there is no entity."));
        item.addProperty("entity", reference(entity.typeName()).description("Only with status 200."));
        item.addProperty(
                "code",
                FilterParameters.enumeration(List.of(ProblemType.UNKNOWN_KEY.slug(), ProblemType.WITHHELD.slug()))
                        .description("Why there is no entity; only with status 404."));
        item.setRequired(List.of("key", "status"));
        return item;
    }

    /// The plain value, or an object where the key has several parts.
    private Schema<?> key() {
        if (entity.key().size() == 1) {
            return value(entity.key().getFirst());
        }
        String name = entity.typeName() + "Key";
        Schema<?> key = of("object").description("A key of " + entity.name() + ".");
        entity.key().forEach(part -> key.addProperty(part.name(), value(part)));
        key.setRequired(entity.key().stream().map(FieldPath::name).toList());
        components.addSchemas(name, key);
        return reference(name);
    }

    private static Schema<?> value(FieldPath part) {
        return ScalarSchemas.operand((Scalar) part.field().type())
                .description(part.field().description());
    }
}
