package dev.vitrine.store.cosmos.server;

import com.azure.cosmos.ConsistencyLevel;
import com.azure.cosmos.CosmosAsyncClient;
import com.azure.cosmos.CosmosAsyncContainer;
import com.azure.cosmos.CosmosClientBuilder;
import com.azure.cosmos.models.CosmosContainerProperties;
import com.azure.cosmos.models.PartitionKeyDefinition;
import com.azure.cosmos.models.PartitionKeyDefinitionVersion;
import com.azure.cosmos.models.PartitionKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A server, and the real SDK as its client, for each test.
abstract class Probes {

    protected CosmosServer server;
    protected CosmosAsyncClient client;

    protected CosmosServer.Options options() {
        return CosmosServer.Options.standard();
    }

    @BeforeEach
    void start() {
        server = CosmosServer.start(options());
        client = newClient();
        client.createDatabaseIfNotExists("shop").block();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    protected CosmosAsyncClient newClient() {
        return new CosmosClientBuilder()
                .endpoint(server.endpoint())
                .key(CosmosServer.KEY)
                .gatewayMode()
                .endpointDiscoveryEnabled(false)
                .consistencyLevel(ConsistencyLevel.SESSION)
                .buildAsyncClient();
    }

    /// A new container with `/pk` as its partition key.
    protected CosmosAsyncContainer container(String name) {
        return create(new CosmosContainerProperties(name, partitionKey("/pk")));
    }

    /// Of version 2, which is hashed by all its bytes.
    protected static PartitionKeyDefinition partitionKey(String... paths) {
        PartitionKeyDefinition definition = new PartitionKeyDefinition();
        definition.setPaths(List.of(paths));
        definition.setKind(paths.length > 1 ? PartitionKind.MULTI_HASH : PartitionKind.HASH);
        definition.setVersion(PartitionKeyDefinitionVersion.V2);
        return definition;
    }

    protected CosmosAsyncContainer create(CosmosContainerProperties properties) {
        client.getDatabase("shop").createContainer(properties).block();
        return client.getDatabase("shop").getContainer(properties.getId());
    }

    protected static Map<String, Object> item(String id, String pk, Object value) {
        return Map.of("id", id, "pk", pk, "value", value);
    }

    protected static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
