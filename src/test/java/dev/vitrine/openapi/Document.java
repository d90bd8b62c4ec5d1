package dev.vitrine.openapi;

import com.networknt.schema.Error;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An OpenAPI document, read by JSON pointers.
///
/// @param sparse the same schemas for answers of chosen fields
record Document(JsonNode root, Schemas schemas, Schemas sparse) {

    private static final int MOST_LINES = 8;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static Document of(byte[] json) {
        JsonNode root = JSON.readTree(json);
        return new Document(root, new Schemas(root, false), new Schemas(root, true));
    }

    static JsonNode json(byte[] text) {
        return JSON.readTree(text);
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    JsonNode at(String pointer) {
        return root.at(pointer);
    }

    /// Where the thing is that a pointer leads to, by whatever references.
    String resolved(String pointer) {
        JsonNode reference = root.at(pointer).path("$ref");
        return reference.isString() ? resolved(reference.asString().substring(1)) : pointer;
    }

    boolean has(String pointer) {
        return !root.at(pointer).isMissingNode();
    }

    /// What is wrong with a value, by the schema there.
    List<Error> check(String pointer, JsonNode value) {
        return schemas.check(pointer, value);
    }

    /// What is wrong with a body, by the schema there, one line each.
    ///
    /// @param chosen whether the request chose its fields
    List<String> checkAll(String pointer, JsonNode value, boolean chosen) {
        return (chosen ? sparse : schemas)
                .check(pointer, value).stream()
                        .map(Error::toString)
                        .limit(MOST_LINES)
                        .toList();
    }

    /// A name as part of a pointer.
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
