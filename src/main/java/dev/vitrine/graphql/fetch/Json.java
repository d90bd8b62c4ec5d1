package dev.vitrine.graphql.fetch;

import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Entities as maps of what the caller may see; numbers keep every digit.
final class Json {

    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    static Map<?, ?> entity(byte[] json) {
        return EXACT.readValue(json, Map.class);
    }
}
