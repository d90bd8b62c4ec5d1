package dev.vitrine.store.cosmos;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.cosmos.CosmosAsyncClient;
import com.azure.cosmos.CosmosAsyncContainer;
import com.azure.cosmos.models.CosmosPatchOperations;
import com.azure.cosmos.models.PartitionKey;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.contract.RowFilter.Operator;
import dev.vitrine.entity.Entity;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.PageRequest;
import dev.vitrine.store.StoreFixture;
import dev.vitrine.store.cache.SharedCache;
import dev.vitrine.store.cosmos.server.CosmosServer;
import dev.vitrine.store.cosmos.server.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// Containers whose partitions the contract chooses, and those from before it could.
class CosmosPartitionsTest extends StoreFixture {

    private static final IndexedColumn REGION = new IndexedColumn(List.of("region"), FieldType.StringType.any());
    private static final GoldTable BY_KEY = composite();
    private static final GoldTable BY_REGION = Partitions.by(BY_KEY, 0);
    private static final String FAR = "far ".repeat(500);

    private final CosmosServer server = CosmosServer.start();
    private final CosmosAsyncClient client = Clients.open(CosmosStores.properties(server, DataSize.ofMegabytes(1)));

    private static GoldTable composite() {
        GoldTable plain = gold(List.of(REGION, ID, NAME));
        return new GoldTable(
                plain.product(),
                plain.name(),
                plain.location(),
                plain.columns(),
                List.of(REGION, ID),
                plain.indexed(),
                plain.sorts(),
                plain.maxDeleteShare(),
                plain.pace(),
                null);
    }

    @Override
    protected EntityStore open(Clock clock) {
        return CosmosStores.open(server, clock);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void use(GoldTable gold) {
        table = store.table(gold);
        writer = table.writer(1);
    }

    private static Upserted row(String region, long id, String name) {
        return new Upserted(EntityKey.of(region, id), bytes(name), List.of(region, id, name), true);
    }

    private String document(String region, long id) {
        return table.get(EntityKey.of(region, id)).value() instanceof Lookup.Found found
                ? text(found.entity().document())
                : "none";
    }

    private List<String> names(Filter filter) {
        return table.page(new PageRequest(filter, Order.BY_KEY, null, 100), AMPLE).value().items().stream()
                .map(Entity::document)
                .map(StoreFixture::text)
                .toList();
    }

    private static Filter in(String region) {
        return new Filter.Comparison(REGION, Operator.EQ, region);
    }

    private CosmosAsyncContainer container(String name) {
        return client.getDatabase("vitrine").getContainer(name);
    }

    private List<String> paths(String container) {
        return Objects.requireNonNull(container(container).read().block())
                .getProperties()
                .getPartitionKeyDefinition()
                .getPaths();
    }

    private long queries(Runnable reading) {
        long before = server.requests(Operation.QUERY);
        reading.run();
        return server.requests(Operation.QUERY) - before;
    }

    @Test
    void aFilterByWhatTheTableIsPartitionedByAsksOnePartition() {
        use(BY_REGION);
        List<EntityChange> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            rows.add(row("region " + i % 6, i, "name " + i));
        }
        rows.add(row("", 1, "nowhere"));
        rows.add(row(FAR, 1, "far away"));
        rebuild(1, rows.toArray(EntityChange[]::new));
        assertThat(paths("shop~things~1")).containsExactly("/p0", "/p");
        assertThat(document("region 1", 7)).isEqualTo("name 7");
        assertThat(document("", 1)).isEqualTo("nowhere");
        assertThat(document(FAR, 1)).isEqualTo("far away");
        assertThat(names(in("region 2"))).containsExactly("name 2", "name 8", "name 14", "name 20", "name 26");
        assertThat(names(in(""))).containsExactly("nowhere");
        assertThat(names(in(FAR))).containsExactly("far away");
        assertThat(table.count(in("region 3"), AMPLE).value()).isEqualTo(5);
        assertThat(queries(() -> table.count(Filter.ALL, AMPLE))).isEqualTo(3);
        assertThat(queries(() -> table.count(in("region 3"), AMPLE))).isEqualTo(1);
        assertThat(queries(() -> names(in("region 3")))).isEqualTo(1);
        assertThat(queries(() -> names(new Filter.And(List.of(in("region 3"), Filter.ALL)))))
                .isEqualTo(1);
    }

    @Test
    void whatIsWithheldAndWhatHasNoKeyIsInAPartitionTooAndComesAndGoes() {
        use(BY_REGION);
        EntityKey far = EntityKey.of(FAR, 1L);
        rebuild(
                1,
                row("a", 1, "one"),
                row("a", 1, "one again"),
                row(FAR, 1, "far"),
                new Unservable(null, Reason.NULL_KEY, "no key", bytes("keyless")));
        assertThat(rows()).containsExactlyInAnyOrder("one", "one again", "keyless");
        commit(
                2,
                new Deleted(EntityKey.of("a", 1L), bytes("one again")),
                new Upserted(far, bytes("farther"), List.of(FAR, 1L, "farther"), false),
                new Deleted(null, bytes("keyless")));
        assertThat(document("a", 1)).isEqualTo("one");
        assertThat(document(FAR, 1)).isEqualTo("farther");
        assertThat(rows()).isEmpty();
        commit(3, new Deleted(far), row("a", 1, "two"));
        assertThat(table.getAll(List.of(far, EntityKey.of("a", 1L))).value())
                .containsExactly(new Lookup.Absent(), new Lookup.Withheld(Reason.DUPLICATE_KEY));
        writer.dismiss(letters().map(letter -> letter.id()).toList());
        writer.replay(List.of(EntityKey.of("a", 1L), far), true, List.of(row("a", 1, "three"), row(FAR, 1, "back")));
        assertThat(document("a", 1)).isEqualTo("three");
        assertThat(document(FAR, 1)).isEqualTo("back");
        assertThat(checkpoint().entities()).isEqualTo(2);
    }

    @Test
    void whatIsPartitionedByTheKeyIsServedUntilItIsLoadedAnew() {
        use(BY_KEY);
        rebuild(1, row("a", 1, "one"), row(FAR, 1, "far"), row("b", 2, "bad"), row("b", 2, "worse"));
        Instant seen = letters().findFirst().orElseThrow().firstSeen();
        clock.pass(Duration.ofMinutes(1));
        use(BY_REGION);
        assertThat(table.coversLayout()).isFalse();
        assertThat(document("a", 1)).isEqualTo("one");
        assertThat(names(in(FAR))).containsExactly("far");
        try (GenerationWriter load = writer.rebuild(origin(2))) {
            load.add(List.of(row("a", 1, "uno"), row(FAR, 1, "far"), row("b", 2, "bad"), row("b", 2, "worse")));
            load.seal();
            assertThat(load.removed()).isZero();
            load.swap();
        }
        assertThat(table.coversLayout()).isTrue();
        assertThat(document("a", 1)).isEqualTo("uno");
        assertThat(letters().map(letter -> letter.firstSeen())).containsExactly(seen, seen);
        assertThat(paths("shop~things~2")).containsExactly("/p0", "/p");
        use(BY_KEY);
        assertThat(table.coversLayout()).isFalse();
        assertThat(document(FAR, 1)).isEqualTo("far");
        rebuild(3, row("a", 1, "eins"));
        assertThat(table.coversLayout()).isTrue();
        assertThat(paths("shop~things~3")).containsExactly("/p");
    }

    @Test
    void aStoreFromBeforeContractsChosePartitionsIsServedAndFollowed() throws Exception {
        use(BY_KEY);
        rebuild(1, row("a", 1, "one"), row(FAR, 1, "far"));
        String id = Ids.ofName("table", "shop/things");
        container("vitrine-control")
                .patchItem(
                        id,
                        new PartitionKey(id),
                        CosmosPatchOperations.create().remove("/served/paths"),
                        ObjectNode.class)
                .block();
        reopen();
        use(BY_KEY);
        assertThat(table.coversLayout()).isTrue();
        commit(2, row("b", 2, "two"));
        assertThat(document("a", 1)).isEqualTo("one");
        assertThat(document("b", 2)).isEqualTo("two");
        assertThat(document(FAR, 1)).isEqualTo("far");
    }

    @Test
    void aContainerThatSomebodyMadeIsUsedAsItIs() {
        client.getDatabase("vitrine")
                .createContainer(Policy.generation(
                        "shop~things~1",
                        List.of("/p"),
                        3,
                        Policy.composites(BY_KEY, Columns.of(BY_KEY, Columns.texts(BY_KEY)))))
                .block();
        server.forbidCreation();
        use(BY_REGION);
        rebuild(1, row("a", 1, "one"));
        assertThat(document("a", 1)).isEqualTo("one");
        assertThat(names(in("a"))).containsExactly("one");
        assertThat(table.coversLayout()).as("it is not loaded again and again").isTrue();
    }

    @Test
    void theChangeFeedTellsKeysAsCachesNameThem() {
        use(BY_REGION);
        rebuild(1, row("a", 1, "one"), row(FAR, 1, "far"));
        List<String> told = new ArrayList<>();
        FollowedFeed feed = new FollowedFeed("things", (CosmosTable) table);
        SharedCache.Listener listener = new SharedCache.Listener() {
            @Override
            public void seen(String space, SharedCache.Mark mark) {}

            @Override
            public void moved(
                    String space, SharedCache.@Nullable Mark before, SharedCache.Mark now, @Nullable List<String> ids) {
                told.addAll(Objects.requireNonNull(ids));
            }

            @Override
            public void lost() {}
        };
        feed.look(listener);
        commit(2, new Deleted(EntityKey.of(FAR, 1L)), row("b", 1, "two"));
        feed.look(listener);
        assertThat(told).containsExactlyInAnyOrder(Ids.of(EntityKey.of(FAR, 1L)), Ids.of(EntityKey.of("b", 1L)));
    }
}
