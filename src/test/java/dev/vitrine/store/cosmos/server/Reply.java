package dev.vitrine.store.cosmos.server;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An answer. Charges are added to its headers where it is sent.
record Reply(
        int status, Map<String, String> headers, @Nullable JsonNode body, double charge) {

    static Reply of(int status, @Nullable JsonNode body) {
        return new Reply(status, Map.of(), body, 1);
    }

    Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body, charge);
    }

    Reply charged(double requestUnits) {
        return new Reply(status, headers, body, requestUnits);
    }

    Reply withoutBody() {
        return new Reply(status, headers, null, charge);
    }
}
