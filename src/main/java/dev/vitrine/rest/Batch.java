package dev.vitrine.rest;

import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType;
import dev.vitrine.query.EntityAnswer;
import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The keys that one request asks for: `{"keys":[1,2]}` or, where a key has several parts,
/// `{"keys":[{"month":"1992-03-01","region":"ASIA"}]}`.
///
/// @param written the keys as the caller wrote them
/// @param texts the same, one text per key field
record Batch(List<JsonNode> written, List<List<String>> texts) {

    private static final int MOST_KEYS = 100;
    private static final int MOST_BYTES = 1_000_000;
    private static final int MOST_DIGITS = 19;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// Reads the body of a request; adds what is wrong with its keys to the faults.
    ///
    /// @throws Refusal if it cannot be read at all
    static Batch read(HttpServletRequest request, EntityType type, List<Refusal.Error> faults) throws IOException {
        requireJson(request.getContentType());
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new Refusal(ProblemType.REQUEST_TOO_LARGE, "A batch has at most %d bytes.".formatted(MOST_BYTES));
        }
        JsonNode keys = keys(body, faults);
        List<JsonNode> written = new ArrayList<>();
        List<List<String>> texts = new ArrayList<>();
        for (JsonNode key : keys.values()) {
            List<String> parts = parts(type, key);
            if (parts == null) {
                faults.add(fault("keys[%d]".formatted(written.size()), "invalid-value", "is no key: " + form(type)));
            } else {
                texts.add(parts);
            }
            written.add(key);
        }
        return new Batch(written, texts);
    }

    private static void requireJson(@Nullable String contentType) {
        try {
            if (contentType != null && MediaType.APPLICATION_JSON.includes(MediaType.parseMediaType(contentType))) {
                return;
            }
        } catch (InvalidMediaTypeException unreadable) {
            // said below, as of any other type
        }
        throw new Refusal(
                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                "The keys are sent as application/json, and this is %s."
                        .formatted(contentType == null ? "of no declared type" : contentType));
    }

    private static JsonNode keys(byte[] body, List<Refusal.Error> faults) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JacksonException e) {
            throw new Refusal(
                    ProblemType.MALFORMED_REQUEST, "The body is not well-formed JSON: " + e.getOriginalMessage());
        }
        JsonNode keys = json.path("keys");
        for (String name : json.propertyNames()) {
            if (!name.equals("keys")) {
                faults.add(fault(name, "unknown-member", "the body has the one member keys"));
            }
        }
        if (!keys.isArray() || keys.isEmpty()) {
            faults.add(fault("keys", "invalid-value", "a list of at least one key is needed"));
        } else if (keys.size() > MOST_KEYS) {
            faults.add(fault("keys", "too-many-values", "%d keys, of at most %d".formatted(keys.size(), MOST_KEYS)));
        }
        return keys;
    }

    /// One text per key field; null if it has not the form of a key.
    private static @Nullable List<String> parts(EntityType type, JsonNode key) {
        if (type.key().size() == 1) {
            return isScalar(key) ? List.of(text(type.key().getFirst(), key)) : null;
        }
        if (!key.isObject() || key.size() != type.key().size()) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        for (FieldPath part : type.key()) {
            JsonNode value = key.path(part.name());
            if (!isScalar(value)) {
                return null;
            }
            parts.add(text(part, value));
        }
        return parts;
    }

    /// Numbers that are equal name the same entity: `1.0` is `1`.
    private static String text(FieldPath part, JsonNode value) {
        if (part.field().type() instanceof FieldType.IntegerType && value.isFloatingPointNumber()) {
            BigDecimal number = value.decimalValue().stripTrailingZeros();
            boolean fits = (long) number.precision() - number.scale() <= MOST_DIGITS;
            if (number.scale() <= 0 && fits) {
                return number.toPlainString();
            }
        }
        return value.asString();
    }

    private static boolean isScalar(JsonNode value) {
        return value.isString() || value.isNumber() || value.isBoolean();
    }

    private static String form(EntityType type) {
        return type.key().size() == 1
                ? "a key is the plain value of " + type.key().getFirst().name()
                : "a key is an object of "
                        + String.join(
                                ", ", type.key().stream().map(FieldPath::name).toList());
    }

    private static Refusal.Error fault(String parameter, String code, String detail) {
        return new Refusal.Error(parameter, code, detail);
    }

    /// The answer: for each key what a request for it alone would say.
    ///
    /// @param answers one per key
    byte[] answer(List<EntityAnswer> answers) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("items");
            for (int i = 0; i < answers.size(); i++) {
                json.writeStartObject();
                json.writePOJOProperty("key", written.get(i));
                switch (answers.get(i)) {
                    case EntityAnswer.One one -> {
                        json.writeNumberProperty("status", HttpServletResponse.SC_OK);
                        json.writeName("entity");
                        json.writeRawValue(new String(one.json(), StandardCharsets.UTF_8));
                    }
                    case EntityAnswer.None none -> missing(json, ProblemType.UNKNOWN_KEY);
                    case EntityAnswer.Withheld withheld -> missing(json, ProblemType.WITHHELD);
                    case EntityAnswer.Many many ->
                        throw new IllegalStateException("a page came as the answer for one key");
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return body.toByteArray();
    }

    private static void missing(JsonGenerator json, ProblemType type) {
        json.writeNumberProperty("status", type.status().value());
        json.writeStringProperty("code", type.slug());
    }
}
