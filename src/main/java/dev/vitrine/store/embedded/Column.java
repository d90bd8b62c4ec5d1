package dev.vitrine.store.embedded;

import org.jspecify.annotations.Nullable;

/// A column of a generation that keeps an indexed value.
///
/// @param name in SQL: `c0`
record Column(String name, Encoding encoding) {

    /// The same under another sign in front of its name.
    Column signed(String sign) {
        return sign.isEmpty() ? this : new Column(sign + name, encoding);
    }

    @Nullable
    Object encode(@Nullable Object value) {
        return value == null ? null : encoding.encode().apply(value);
    }

    @Nullable
    Object decode(@Nullable Object kept) {
        return kept == null ? null : encoding.decode().apply(kept);
    }
}
