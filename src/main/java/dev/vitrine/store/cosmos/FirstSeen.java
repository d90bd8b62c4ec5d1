package dev.vitrine.store.cosmos;

import com.azure.cosmos.CosmosException;
import com.azure.cosmos.models.CosmosItemResponse;
import com.azure.cosmos.models.CosmosPatchOperations;
import com.azure.cosmos.models.PartitionKey;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/// A row that was a letter of the served generation was first seen when that was.
record FirstSeen(CosmosWriter writer) {

    private record Row(String place, String hash) {

        static Row of(JsonNode letter) {
            return new Row(
                    Ids.plain(letter.path("p").textValue()), letter.path("h").textValue());
        }
    }

    void carryOver(Container next, SessionTokens session) {
        Generation served = writer.control().required(writer.token()).served();
        if (served == null) {
            return;
        }
        Map<Row, Long> before = new HashMap<>();
        new Letters(
                        writer.containers()
                                .open(
                                        served.container(),
                                        next.items(),
                                        writer.gold().address()),
                        served.at().session())
                .firstSeen()
                .forEach(letter -> before.merge(Row.of(letter), letter.path("f").longValue(), Math::min));
        if (before.isEmpty()) {
            return;
        }
        for (ObjectNode letter : new Letters(next, session).firstSeen()) {
            Long seen = before.get(Row.of(letter));
            if (seen != null) {
                put(next, letter, seen);
            }
        }
    }

    private static void put(Container next, ObjectNode letter, long seen) {
        PartitionKey place = next.place(letter.path("p").textValue());
        String id = letter.path("id").textValue();
        try {
            next.calls()
                    .askAgain(
                            "write",
                            () -> next.container()
                                    .patchItem(
                                            id,
                                            place,
                                            CosmosPatchOperations.create().set("/f", seen),
                                            ObjectNode.class),
                            CosmosItemResponse::getRequestCharge);
        } catch (CosmosException e) {
            throw next.failure("write a letter", e);
        }
    }
}
