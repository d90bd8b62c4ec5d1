package dev.vitrine.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.Format;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The schemas of one OpenAPI document, as JSON Schema 2020-12 has them, formats included; members that a document does
/// not name count as wrong. Threads may share it.
final class Schemas {

    private static final String PLACE = "https://vitrine.invalid/openapi";
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .format(format("byte", Schemas::isBase64))
            .format(format("time-local", text -> text.matches("\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?")))
            .format(format("decimal", text -> text.matches("-?\\d+(\\.\\d+)?")))
            .build();

    /// What has all of its members, whichever fields of entities are asked for.
    private static final Pattern WHOLE = Pattern.compile("(Page|Batch|BatchItem)$|^Problem");

    private final SchemaRegistry registry;
    private final Map<String, Schema> known = new ConcurrentHashMap<>();

    /// @param sparse whether entities may lack what they have elsewhere
    Schemas(JsonNode document, boolean sparse) {
        JsonNode closed = document.deepCopy();
        close(closed.path("components").path("schemas"));
        if (sparse) {
            closed.path("components").path("schemas").properties().stream()
                    .filter(schema -> !WHOLE.matcher(schema.getKey()).find())
                    .forEach(schema -> ((ObjectNode) schema.getValue()).remove("required"));
        }
        registry = SchemaRegistry.withDialect(
                DIALECT,
                builder -> builder.schemas(Map.of(PLACE, closed.toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    /// What is wrong with a value.
    ///
    /// @param pointer to the schema in the document
    List<Error> check(String pointer, JsonNode value) {
        Schema schema = known.computeIfAbsent(
                pointer,
                each -> registry.getSchema(
                        SchemaLocation.of(PLACE + "#" + each.replace("{", "%7B").replace("}", "%7D"))));
        return schema.validate(value);
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.valueStream().forEach(Schemas::close);
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException no) {
            return false;
        }
    }

    private static Format format(String name, Predicate<String> fits) {
        return new Format() {
            @Override
            public String getName() {
                return name;
            }

            @Override
            public boolean matches(ExecutionContext context, String value) {
                return fits.test(value);
            }
        };
    }
}
