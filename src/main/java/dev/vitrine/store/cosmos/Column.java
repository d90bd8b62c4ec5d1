package dev.vitrine.store.cosmos;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// A property below [Items#VALUES] that keeps an indexed value.
///
/// @param name `c0`
record Column(String name, Encoding encoding) {

    /// How a query names it.
    String sql() {
        return "c." + Items.VALUES + "." + name;
    }

    @Nullable
    Object encode(@Nullable Object value) {
        return value == null ? null : encoding.encode().apply(value);
    }

    @Nullable
    Object decode(@Nullable Object kept) {
        return kept == null ? null : encoding.decode().apply(kept);
    }

    /// What is kept in an item's values; null where there is none.
    @Nullable
    Object kept(JsonNode values) {
        JsonNode kept = values.path(name);
        return switch (kept.getNodeType()) {
            case STRING -> kept.textValue();
            case BOOLEAN -> kept.booleanValue();
            case NUMBER -> kept.longValue();
            default -> null;
        };
    }
}
