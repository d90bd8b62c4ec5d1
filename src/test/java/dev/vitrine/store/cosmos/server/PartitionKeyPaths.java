package dev.vitrine.store.cosmos.server;

import com.azure.cosmos.implementation.routing.PartitionKeyInternal;
import com.azure.cosmos.implementation.routing.PartitionKeyInternalHelper;
import com.azure.cosmos.implementation.routing.Range;
import com.azure.cosmos.models.PartitionKeyDefinition;
import com.azure.cosmos.models.PartitionKeyDefinitionVersion;
import com.azure.cosmos.models.PartitionKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Which properties place a document, and where: the effective partition key is what the SDK itself computes.
///
/// @param paths `/a/b` as `a`, `b`
record PartitionKeyPaths(List<List<String>> paths, PartitionKeyDefinition definition) {

    private static final int MAX_BYTES = 2048;

    static PartitionKeyPaths of(JsonNode properties) {
        JsonNode key = properties.path("partitionKey");
        List<String> texts = StreamSupport.stream(key.path("paths").spliterator(), false)
                .map(JsonNode::stringValue)
                .toList();
        if (texts.isEmpty()
                || texts.size() > 3
                || !key.path("version").asString("V1").endsWith("2")) {
            throw Refusal.badRequest("A container needs one to three partition key paths of version 2: " + key);
        }
        PartitionKeyDefinition definition = new PartitionKeyDefinition();
        definition.setPaths(texts);
        definition.setKind(
                key.path("kind").asString("Hash").equals("MultiHash") ? PartitionKind.MULTI_HASH : PartitionKind.HASH);
        definition.setVersion(PartitionKeyDefinitionVersion.V2);
        return new PartitionKeyPaths(
                texts.stream()
                        .map(text -> Arrays.asList(text.substring(1).split("/")))
                        .toList(),
                definition);
    }

    /// The key of a document as JSON: `["a"]`; `{}` stands for a property that is not there.
    ArrayNode keyOf(ObjectNode document) {
        ArrayNode key = Json.array();
        for (List<String> path : paths) {
            JsonNode value = document;
            for (String name : path) {
                value = value.path(name);
            }
            if (value.isContainer()) {
                throw Refusal.badRequest("A partition key is no object and no array");
            }
            if (value.isMissingNode()) {
                key.addObject();
            } else {
                key.add(value);
            }
        }
        return key;
    }

    String epk(ArrayNode key) {
        return PartitionKeyInternalHelper.getEffectivePartitionKeyString(internal(key), definition);
    }

    /// The documents with a key, which may name the first levels of a hierarchy alone.
    EpkRange range(ArrayNode key) {
        if (key.size() == paths.size()) {
            String epk = epk(key);
            return new EpkRange(epk, epk + "\0");
        }
        Range<String> prefix = internal(key).getEPKRangeForPrefixPartitionKey(definition);
        return new EpkRange(prefix.getMin(), prefix.getMax());
    }

    private static PartitionKeyInternal internal(ArrayNode key) {
        byte[] text = Json.bytes(key);
        if (text.length > MAX_BYTES) {
            throw Refusal.badRequest("A partition key has at most " + MAX_BYTES + " bytes");
        }
        return PartitionKeyInternal.fromJsonString(new String(text, StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return paths.stream().map(path -> "/" + String.join("/", path)).collect(Collectors.joining(", "));
    }
}
