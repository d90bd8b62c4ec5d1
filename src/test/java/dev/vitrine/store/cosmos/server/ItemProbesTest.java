package dev.vitrine.store.cosmos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.cosmos.CosmosAsyncContainer;
import com.azure.cosmos.CosmosException;
import com.azure.cosmos.models.CosmosItemRequestOptions;
import com.azure.cosmos.models.CosmosItemResponse;
import com.azure.cosmos.models.CosmosPatchItemRequestOptions;
import com.azure.cosmos.models.CosmosPatchOperations;
import com.azure.cosmos.models.PartitionKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/// Single documents, through the SDK.
class ItemProbesTest extends Probes {

    private static final PartitionKey KEY = new PartitionKey("a");

    private CosmosAsyncContainer items;

    @BeforeEach
    void create() {
        items = container("items");
    }

    @Test
    void readsWhatWasCreated() {
        CosmosItemResponse<Map<String, Object>> created =
                present(items.createItem(item("1", "a", 5)).block());
        assertThat(created.getStatusCode()).isEqualTo(201);
        assertThat(created.getETag()).isNotEmpty();
        assertThat(created.getSessionToken()).matches("\\d:-1#1");
        assertThat(created.getRequestCharge()).isGreaterThan(4);

        CosmosItemResponse<?> read = read("1");
        assertThat(found("1")).containsEntry("value", 5).containsKeys("_rid", "_self", "_etag", "_ts");
        assertThat(read.getETag()).isEqualTo(created.getETag());
    }

    @Test
    void tellsWhatIsMissingAndWhatIsThereAlready() {
        assertThat(status(items.readItem("1", KEY, Map.class))).isEqualTo(404);
        assertThat(status(items.deleteItem("1", KEY))).isEqualTo(404);
        assertThat(status(items.replaceItem(item("1", "a", 1), "1", KEY))).isEqualTo(404);
        items.createItem(item("1", "a", 1)).block();
        assertThat(status(items.createItem(item("1", "a", 2)))).isEqualTo(409);
        items.createItem(item("1", "b", 2)).block();
    }

    @Test
    void upsertsReplacesAndDeletes() {
        assertThat(present(items.upsertItem(item("1", "a", 1)).block()).getStatusCode())
                .isEqualTo(201);
        assertThat(present(items.upsertItem(item("1", "a", 2)).block()).getStatusCode())
                .isEqualTo(200);
        assertThat(value("1")).isEqualTo(2);
        items.replaceItem(item("1", "a", 3), "1", KEY).block();
        assertThat(value("1")).isEqualTo(3);
        items.deleteItem("1", KEY).block();
        assertThat(status(items.readItem("1", KEY, Map.class))).isEqualTo(404);
    }

    @Test
    void writesOnlyOverTheVersionThatWasRead() {
        String first = present(items.createItem(item("1", "a", 1)).block()).getETag();
        String second = present(items.replaceItem(item("1", "a", 2), "1", KEY, ifMatch(first))
                        .block())
                .getETag();
        assertThat(second).isNotEqualTo(first);
        assertThat(status(items.replaceItem(item("1", "a", 3), "1", KEY, ifMatch(first))))
                .isEqualTo(412);
        assertThat(status(items.deleteItem("1", KEY, ifMatch(first)))).isEqualTo(412);
        assertThat(status(items.upsertItem(item("1", "a", 3), KEY, ifMatch(first))))
                .isEqualTo(412);
        assertThat(value("1")).isEqualTo(2);
        items.deleteItem("1", KEY, ifMatch(second)).block();
    }

    @Test
    void patchesPartsOnACondition() {
        items.createItem(item("1", "a", 1)).block();
        CosmosPatchOperations patch = CosmosPatchOperations.create()
                .increment("/value", 4)
                .set("/more", Map.of("x", List.of(1)))
                .add("/more/x/-", 2);
        items.patchItem("1", KEY, patch, Map.class).block();
        assertThat(found("1")).containsEntry("value", 5).containsEntry("more", Map.of("x", List.of(1, 2)));
        CosmosPatchItemRequestOptions older = new CosmosPatchItemRequestOptions();
        older.setFilterPredicate("FROM c WHERE c.value < 5");
        assertThat(status(
                        items.patchItem("1", KEY, CosmosPatchOperations.create().set("/value", 9), older, Map.class)))
                .isEqualTo(412);
        assertThat(value("1")).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a\\b", "a?b", "a#b"})
    void refusesIdsWithForbiddenCharacters(String id) {
        assertThat(status(items.createItem(item(id, "a", 1)))).isEqualTo(400);
    }

    @Test
    void refusesWhatIsTooLong() {
        items.createItem(item("x".repeat(1023), "a", 1)).block();
        assertThat(status(items.createItem(item("x".repeat(1024), "a", 1)))).isEqualTo(400);
        assertThat(status(items.createItem(item("é".repeat(512), "a", 1)))).isEqualTo(400);
        assertThat(status(items.createItem(item("1", "x".repeat(2048), 1)))).isEqualTo(400);
        assertThat(status(items.createItem(item("1", "a", "x".repeat(2 * 1024 * 1024)))))
                .isEqualTo(413);
    }

    @Test
    void losesDigitsAsDoublesDo() {
        items.createItem(item("1", "a", 9007199254740993L)).block();
        assertThat(value("1")).isEqualTo(9007199254740992L);
    }

    @Test
    void carriesEveryText() {
        String text = "\0 \"\\ é 😀 \uD7FF\uFFFD";
        items.createItem(item("1", text, text)).block();
        Map<?, ?> found = present(
                present(items.readItem("1", new PartitionKey(text), Map.class).block())
                        .getItem());
        assertThat(found.get("value")).isEqualTo(text);
    }

    @Test
    void refusesAPartitionKeyThatIsNotTheDocuments() {
        CosmosException mismatch = catchThrowableOfType(
                CosmosException.class,
                () -> items.createItem(item("1", "a", 1), new PartitionKey("b"), new CosmosItemRequestOptions())
                        .block());
        assertThat(mismatch.getStatusCode()).isEqualTo(400);
        assertThat(mismatch.getSubStatusCode()).isEqualTo(1001);
    }

    @Test
    void answersNoContentIfAskedTo() {
        CosmosItemRequestOptions quiet = new CosmosItemRequestOptions().setContentResponseOnWriteEnabled(false);
        CosmosItemResponse<?> created = present(
                items.createItem(new HashMap<>(item("1", "a", 1)), KEY, quiet).block());
        assertThat(created.getItem()).isNull();
        assertThat(created.getETag()).isNotEmpty();
    }

    private static CosmosItemRequestOptions ifMatch(String etag) {
        return new CosmosItemRequestOptions().setIfMatchETag(etag);
    }

    private CosmosItemResponse<?> read(String id) {
        return present(items.readItem(id, KEY, Map.class).block());
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> found(String id) {
        return (Map<String, Object>) present(read(id).getItem());
    }

    private Object value(String id) {
        return present(found(id).get("value"));
    }

    private static int status(Mono<?> operation) {
        return catchThrowableOfType(CosmosException.class, operation::block).getStatusCode();
    }
}
