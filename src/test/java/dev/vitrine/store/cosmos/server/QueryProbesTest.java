package dev.vitrine.store.cosmos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.cosmos.CosmosAsyncContainer;
import com.azure.cosmos.CosmosException;
import com.azure.cosmos.models.CompositePath;
import com.azure.cosmos.models.CompositePathSortOrder;
import com.azure.cosmos.models.CosmosContainerProperties;
import com.azure.cosmos.models.CosmosItemIdentity;
import com.azure.cosmos.models.CosmosQueryRequestOptions;
import com.azure.cosmos.models.ExcludedPath;
import com.azure.cosmos.models.FeedResponse;
import com.azure.cosmos.models.IncludedPath;
import com.azure.cosmos.models.IndexingPolicy;
import com.azure.cosmos.models.PartitionKey;
import com.azure.cosmos.models.SqlParameter;
import com.azure.cosmos.models.SqlQuerySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Queries over three partition key ranges, merged by the SDK.
class QueryProbesTest extends Probes {

    private static final int COUNT = 200;

    private CosmosAsyncContainer items;

    @BeforeEach
    void fill() {
        CosmosContainerProperties properties = new CosmosContainerProperties("items", partitionKey("/pk"));
        IndexingPolicy policy = new IndexingPolicy();
        policy.setIncludedPaths(List.of(new IncludedPath("/n/?"), new IncludedPath("/s/?")));
        policy.setExcludedPaths(List.of(new ExcludedPath("/*")));
        policy.setCompositeIndexes(List.of(List.of(path("/s", false), path("/n", true))));
        properties.setIndexingPolicy(policy);
        items = create(properties);
        Random random = new Random(5);
        for (int i = 0; i < COUNT; i++) {
            Map<String, Object> item = new HashMap<>();
            item.put("id", "i" + i);
            item.put("pk", "p" + i % 40);
            item.put("n", random.nextInt(10) == 0 ? null : random.nextInt(20));
            if (random.nextInt(10) > 0) {
                item.put("s", "abc".substring(0, random.nextInt(4)));
            }
            items.createItem(item).block();
        }
    }

    private static CompositePath path(String path, boolean descending) {
        return new CompositePath()
                .setPath(path)
                .setOrder(descending ? CompositePathSortOrder.DESCENDING : CompositePathSortOrder.ASCENDING);
    }

    @Test
    void spreadsDocumentsOverAllRanges() {
        assertThat(present(items.getFeedRanges().block())).hasSize(3).allSatisfy(range -> {
            CosmosQueryRequestOptions inRange = new CosmosQueryRequestOptions().setFeedRange(range);
            assertThat(items.queryItems("SELECT * FROM c", inRange, Map.class)
                            .collectList()
                            .block())
                    .hasSizeBetween(20, 140);
        });
    }

    @Test
    void findsByConditionAndParameters() {
        List<Map<String, Object>> all = query("SELECT * FROM c");
        assertThat(all).hasSize(COUNT);
        assertThat(query(
                        "SELECT * FROM c WHERE c.n < @max AND NOT (c.s = 'a' OR c.n IN (1, 2))",
                        new SqlParameter("@max", 9)))
                .hasSize((int) all.stream()
                        .filter(item -> item.get("n") instanceof Integer n
                                && n < 9
                                && n != 1
                                && n != 2
                                && item.get("s") != null
                                && !"a".equals(item.get("s")))
                        .count());
        assertThat(query("SELECT * FROM c WHERE STARTSWITH(c.s, 'ab')")).hasSize((int) all.stream()
                .filter(item -> String.valueOf(item.get("s")).startsWith("ab"))
                .count());
        assertThat(query("SELECT * FROM c WHERE IS_NULL(c.n)")).hasSize((int)
                all.stream().filter(item -> item.get("n") == null).count());
        assertThat(query("SELECT * FROM c WHERE NOT IS_DEFINED(c.s)")).hasSize((int)
                all.stream().filter(item -> !item.containsKey("s")).count());
    }

    @ParameterizedTest
    @CsvSource({"c.n, 7", "c.n DESC, 7", "c.s, 1", "c.s DESC, 1000", "'c.s, c.n DESC', 13", "'c.s DESC, c.n', 200"})
    void mergesSortedRangesPageByPage(String order, int pageSize) {
        String condition = order.contains(",") ? " WHERE IS_DEFINED(c.s)" : "";
        List<Map<String, Object>> expected = new ArrayList<>(query("SELECT * FROM c" + condition));
        List<Map<String, Object>> found = new ArrayList<>();
        String continuation = null;
        do {
            FeedResponse<Map<String, Object>> page =
                    page("SELECT * FROM c" + condition + " ORDER BY " + order, continuation, pageSize);
            found.addAll(page.getResults());
            assertThat(page.getResults()).hasSizeLessThanOrEqualTo(pageSize);
            continuation = page.getContinuationToken();
        } while (continuation != null);
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(found)
                .isSortedAccordingTo((left, right) -> Arrays.stream(order.split(", "))
                        .mapToInt(term -> {
                            String name = term.substring(2, 3);
                            int compared = compare(left, right, name);
                            return term.endsWith("DESC") ? -compared : compared;
                        })
                        .filter(compared -> compared != 0)
                        .findFirst()
                        .orElse(0));
    }

    private static int compare(Map<String, Object> left, Map<String, Object> right, String name) {
        int ranks = Integer.compare(rank(left, name), rank(right, name));
        if (ranks != 0 || left.get(name) == null) {
            return ranks;
        }
        return left.get(name) instanceof Integer n
                ? Integer.compare(n, (Integer) present(right.get(name)))
                : String.valueOf(left.get(name)).compareTo(String.valueOf(right.get(name)));
    }

    /// Undefined, null, a value.
    private static int rank(Map<String, Object> item, String name) {
        return item.get(name) != null ? 2 : item.containsKey(name) ? 1 : 0;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM c ORDER BY c.s, c.n",
                "SELECT * FROM c ORDER BY c.pk",
                "SELECT * FROM c ORDER BY c.s DESC, c.n DESC",
                "SELECT * FROM c GROUP BY c.n",
                "SELECT * FROM c WHERE ABS(c.n) = 1",
                "SELECT * FROM c WHERE c.n = @missing",
                "SELECT * FORM c"
            })
    void refusesWhatTheServiceDoesNotServe(String query) {
        assertThatExceptionOfType(CosmosException.class)
                .isThrownBy(() -> query(query))
                .satisfies(refused -> assertThat(refused.getStatusCode()).isEqualTo(400));
    }

    @Test
    void takesTheFirstOfAllRanges() {
        List<Object> sorted = values("SELECT VALUE c.id FROM c ORDER BY c.n DESC");
        assertThat(values("SELECT TOP 12 VALUE c.id FROM c ORDER BY c.n DESC")).isEqualTo(sorted.subList(0, 12));
        assertThat(values("SELECT VALUE c.id FROM c ORDER BY c.n DESC OFFSET 5 LIMIT 7"))
                .isEqualTo(sorted.subList(5, 12));
        assertThat(values("SELECT TOP @top VALUE c.n FROM c", new SqlParameter("@top", 3)))
                .hasSize(3);
        assertThat(query("SELECT * FROM c OFFSET 0 LIMIT 150")).hasSize(150);
    }

    @Test
    void projects() {
        assertThat(query("SELECT c.id, c.n AS number, {\"of\": c.s} AS s FROM c WHERE c.id = 'i7'"))
                .singleElement()
                .satisfies(found -> assertThat(found.keySet()).containsExactlyInAnyOrder("id", "number", "s"));
        assertThat(values("SELECT VALUE c.id FROM c WHERE c.id = \"i7\"")).containsExactly("i7");
        assertThat(query("SELECT c.id, c.n FROM c WHERE c.n >= 0 ORDER BY c.n")).isNotEmpty();
    }

    @Test
    void countsOverAllRanges() {
        assertThat(count("SELECT VALUE COUNT(1) FROM c")).isEqualTo(COUNT);
        assertThat(count("SELECT VALUE COUNT(c.s) FROM c"))
                .isEqualTo(query("SELECT * FROM c WHERE IS_DEFINED(c.s)").size());
        assertThat(count("SELECT VALUE COUNT(1) FROM c WHERE c.n > 100")).isZero();
    }

    @Test
    void asksOnlyTheRangeOfAPartitionKey() {
        items.queryItems("SELECT * FROM c", inPartition("p1"), Map.class)
                .collectList()
                .block();
        long before = server.requests(Operation.QUERY);
        assertThat(items.queryItems("SELECT * FROM c ORDER BY c.n", inPartition("p1"), Map.class)
                        .collectList()
                        .block())
                .hasSize(COUNT / 40);
        assertThat(query("SELECT * FROM c WHERE c.pk = 'p2'")).hasSize(COUNT / 40);
        assertThat(server.requests(Operation.QUERY) - before).isEqualTo(2);
    }

    private static CosmosQueryRequestOptions inPartition(String key) {
        return new CosmosQueryRequestOptions().setPartitionKey(new PartitionKey(key));
    }

    @Test
    void readsManyById() {
        List<CosmosItemIdentity> ids = IntStream.range(0, 250)
                .mapToObj(i -> new CosmosItemIdentity(new PartitionKey("p" + i % 40), "i" + i))
                .toList();
        assertThat(present(items.readMany(ids, Map.class).block()).getResults()).hasSize(COUNT);
    }

    private List<Map<String, Object>> query(String text, SqlParameter... parameters) {
        return this.<Map<String, Object>>all(text, Map.class, parameters);
    }

    private List<Object> values(String text, SqlParameter... parameters) {
        return all(text, Object.class, parameters);
    }

    private long count(String text) {
        return this.<Long>all(text, Long.class).getFirst();
    }

    @SuppressWarnings("unchecked")
    private <T> List<T> all(String text, Class<?> type, SqlParameter... parameters) {
        return (List<T>) present(items.queryItems(new SqlQuerySpec(text, parameters), type)
                .collectList()
                .block());
    }

    @SuppressWarnings("unchecked")
    private FeedResponse<Map<String, Object>> page(String text, @Nullable String continuation, int size) {
        return (FeedResponse<Map<String, Object>>) (FeedResponse<?>) present(
                items.queryItems(text, Map.class).byPage(continuation, size).blockFirst());
    }
}
