package dev.vitrine.store.cosmos.server.sql;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a query gives of one document.
final class Results {

    private Results() {}

    static JsonNode of(Select select, Evaluation evaluation) {
        return switch (select) {
            case Select.Everything everything -> evaluation.document();
            case Select.Value value -> evaluation.of(value.part().expression());
            case Select.Members members -> {
                ObjectNode result = JsonNodeFactory.instance.objectNode();
                members.members().forEach(member -> {
                    JsonNode value = evaluation.of(member.part().expression());
                    if (!value.isMissingNode()) {
                        result.set(member.name(), value);
                    }
                });
                yield result;
            }
        };
    }
}
