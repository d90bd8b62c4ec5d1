package dev.vitrine.store.cosmos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.cosmos.CosmosAsyncContainer;
import com.azure.cosmos.CosmosAsyncDatabase;
import com.azure.cosmos.CosmosException;
import com.azure.cosmos.models.CosmosContainerProperties;
import com.azure.cosmos.models.CosmosItemRequestOptions;
import com.azure.cosmos.models.CosmosQueryRequestOptions;
import com.azure.cosmos.models.PartitionKey;
import com.azure.cosmos.models.PartitionKeyBuilder;
import com.azure.cosmos.models.ThroughputProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Databases, containers and what holds for all their documents.
class ContainerProbesTest extends Probes {

    private CosmosAsyncDatabase shop;

    @BeforeEach
    void database() {
        shop = client.getDatabase("shop");
    }

    @Test
    void createsWhatIsNotThereAndDropsIt() {
        CosmosContainerProperties properties = new CosmosContainerProperties("things", partitionKey("/pk"));
        assertThat(present(shop.createContainerIfNotExists(properties).block()).getStatusCode())
                .isEqualTo(201);
        assertThat(present(shop.createContainerIfNotExists(properties).block()).getStatusCode())
                .isEqualTo(200);
        assertThat(shop.readAllContainers()
                        .map(CosmosContainerProperties::getId)
                        .collectList()
                        .block())
                .containsExactly("things");
        CosmosContainerProperties read =
                present(present(shop.getContainer("things").read().block()).getProperties());
        assertThat(read.getPartitionKeyDefinition().getPaths()).containsExactly("/pk");
        assertThat(read.getIndexingPolicy().getIncludedPaths()).hasSize(1);
        shop.getContainer("things").delete().block();
        assertThat(status(() -> shop.getContainer("things").read().block())).isEqualTo(404);
    }

    @Test
    void findsNothingOfAContainerThatWasDroppedAndMadeAnew() {
        CosmosAsyncContainer things = container("things");
        things.createItem(item("1", "a", 1)).block();
        things.delete().block();
        container("things").createItem(item("2", "a", 1)).block();
        assertThat(status(() ->
                        things.readItem("1", new PartitionKey("a"), Map.class).block()))
                .isEqualTo(404);
        things.readItem("2", new PartitionKey("a"), Map.class).block();
    }

    @Test
    void placesDocumentsByUpToThreeLevels() {
        CosmosAsyncContainer things =
                create(new CosmosContainerProperties("things", partitionKey("/tenant", "/group", "/id")));
        for (int i = 0; i < 60; i++) {
            things.createItem(Map.of("id", "i" + i, "tenant", "t" + i % 3, "group", i % 6))
                    .block();
        }
        PartitionKey whole =
                new PartitionKeyBuilder().add("t1").add(4).add("i4").build();
        assertThat(present(things.readItem("i4", whole, Map.class).block()).getStatusCode())
                .isEqualTo(200);
        assertThat(count(things, new PartitionKeyBuilder().add("t1").build())).isEqualTo(20);
        assertThat(count(things, new PartitionKeyBuilder().add("t1").add(4).build()))
                .isEqualTo(10);
        assertThat(count(things, whole)).isEqualTo(1);
    }

    private static long count(CosmosAsyncContainer container, PartitionKey key) {
        return present(container
                .queryItems("SELECT * FROM c", new CosmosQueryRequestOptions().setPartitionKey(key), Map.class)
                .count()
                .block());
    }

    @Test
    void forgetsWhatHasLivedItsTime() {
        CosmosContainerProperties properties = new CosmosContainerProperties("things", partitionKey("/pk"));
        properties.setDefaultTimeToLiveInSeconds(-1);
        CosmosAsyncContainer things = create(properties);
        things.createItem(item("stays", "a", 1)).block();
        Map<String, Object> mortal = new HashMap<>(item("goes", "a", 1));
        mortal.put("ttl", 60);
        things.createItem(mortal).block();
        server.advance(Duration.ofSeconds(58));
        things.readItem("goes", new PartitionKey("a"), Map.class).block();
        server.advance(Duration.ofSeconds(4));
        assertThat(status(() -> things.readItem("goes", new PartitionKey("a"), Map.class)
                        .block()))
                .isEqualTo(404);
        things.readItem("stays", new PartitionKey("a"), Map.class).block();
        things.createItem(mortal).block();
    }

    @Test
    void keepsTheThroughput() {
        shop.createContainer(
                        new CosmosContainerProperties("things", partitionKey("/pk")),
                        ThroughputProperties.createAutoscaledThroughput(4000))
                .block();
        CosmosAsyncContainer things = shop.getContainer("things");
        assertThat(present(things.readThroughput().block()).getProperties().getAutoscaleMaxThroughput())
                .isEqualTo(4000);
        things.replaceThroughput(ThroughputProperties.createAutoscaledThroughput(8000))
                .block();
        assertThat(present(things.readThroughput().block()).getProperties().getAutoscaleMaxThroughput())
                .isEqualTo(8000);
    }

    @Test
    void letsNobodyCreateWhoseRoleCoversDataAlone() {
        container("things");
        server.forbidCreation();
        assertThat(status(() -> container("more"))).isEqualTo(403);
        assertThat(status(() -> shop.getContainer("things").delete().block())).isEqualTo(403);
        shop.getContainer("things").createItem(item("1", "a", 1)).block();
    }

    @Test
    void showsAReaderWhatItsSessionTokenAsksFor() {
        CosmosAsyncContainer things = container("things");
        things.createItem(item("1", "a", "old")).block();
        server.freezeReplicas(name -> true);
        String token = present(things.upsertItem(item("1", "a", "new")).block()).getSessionToken();
        try (var other = newClient()) {
            CosmosAsyncContainer read = other.getDatabase("shop").getContainer("things");
            assertThat(value(read, new CosmosItemRequestOptions())).isEqualTo("old");
            assertThat(value(read, new CosmosItemRequestOptions().setSessionToken(token)))
                    .isEqualTo("new");
            assertThat(read.queryItems("SELECT VALUE c.value FROM c", new CosmosQueryRequestOptions(), String.class)
                            .collectList()
                            .block())
                    .as("the session goes on with what was seen")
                    .containsExactly("new");
        }
        assertThat(value(things, new CosmosItemRequestOptions())).isEqualTo("new");
    }

    private static Object value(CosmosAsyncContainer container, CosmosItemRequestOptions options) {
        return present(((Map<?, ?>) present(present(container
                                .readItem("1", new PartitionKey("a"), options, Map.class)
                                .block())
                        .getItem()))
                .get("value"));
    }

    private static int status(Runnable action) {
        CosmosException[] refused = new CosmosException[1];
        assertThatExceptionOfType(CosmosException.class).isThrownBy(action::run).satisfies(e -> refused[0] = e);
        return refused[0].getStatusCode();
    }
}
