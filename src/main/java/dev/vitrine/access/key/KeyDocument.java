package dev.vitrine.access.key;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// All keys as one JSON document.
///
/// @param keys in the order in which they were made
record KeyDocument(List<ApiKey> keys) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /// @param document empty: no keys
    static List<ApiKey> read(byte[] document) {
        return document.length == 0
                ? List.of()
                : JSON.readValue(document, KeyDocument.class).keys();
    }

    static byte[] of(List<ApiKey> keys) {
        return JSON.writeValueAsBytes(new KeyDocument(keys));
    }
}
