package dev.vitrine.store.cosmos;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.store.StoreFailure;
import java.util.Base64;
import java.util.Optional;

/// Named values. Threads may share it.
record CosmosSettings(ControlContainer control) {

    Optional<byte[]> get(String name) {
        String id = id(name);
        return control.read(id, id)
                .map(found ->
                        Base64.getDecoder().decode(found.item().path("content").textValue()));
    }

    byte[] getOr(String name, byte[] value) {
        return get(name).orElseGet(() -> {
            // whether it is ours or another's that is there now
            control.create(item(name, value));
            return get(name).orElseThrow(() -> new StoreFailure("the setting " + name + " vanished while it was kept"));
        });
    }

    void put(String name, byte[] value) {
        control.upsert(item(name, value));
    }

    private static ObjectNode item(String name, byte[] value) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id(name))
                .put("p", id(name))
                .put("content", Base64.getEncoder().encodeToString(value));
    }

    private static String id(String name) {
        return Ids.ofName("setting", name);
    }
}
