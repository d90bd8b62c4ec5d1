package dev.vitrine.delta.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.SharedTables;
import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.ChangeFeed;
import dev.vitrine.delta.DeltaSchema;
import dev.vitrine.delta.DeltaSnapshot;
import dev.vitrine.delta.DeltaTable;
import dev.vitrine.delta.DeltaType;
import dev.vitrine.delta.DeltaType.Column;
import dev.vitrine.delta.DeltaType.Primitive;
import dev.vitrine.delta.GoldTables;
import dev.vitrine.delta.Rows;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A table is followed from its first version on while commits appear, and after each of them holds what Spark reads.
class FollowedTableTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"dim_customer, c_custkey, 12", "monthly_revenue, month+region, 10", "fact_orders, o_orderkey, 10"})
    void holdsWhatSparkReadsAfterEveryCommit(String name, String key, int newest) throws IOException {
        Path place = folder.resolve("a b%20ü#" + name);
        DeltaSchema schema = KernelTables.using(Map.of())
                .schema(SharedTables.table("gold/" + name).toString());
        GoldTable gold = GoldTables.of(place, fields(schema.columns()), key.split("\\+"));
        SharedTables.stage("gold/" + name, place, 0);

        DeltaTable table = KernelTables.using(Map.of()).open(gold);
        DeltaSnapshot start = table.latest();
        Map<EntityKey, String> entities = new HashMap<>();
        apply(start.rows(0), entities);
        long version = start.version();
        String commitFile = start.commitFile();
        Instant time = start.commitTime();
        assertThat(version).isZero();
        assertThat(table.changesAfter(start.tableId(), version, commitFile, false))
                .isEmpty();

        for (int released = 1;
                released <= newest;
                released = released == newest ? newest + 1 : Math.min(released + 3, newest)) {
            SharedTables.stage("gold/" + name, place, released);
            try (ChangeFeed feed = table.changesAfter(start.tableId(), version, commitFile, false)
                    .orElseThrow()) {
                assertThat(feed.latestVersion()).isEqualTo(released);
                while (feed.hasNext()) {
                    ChangeFeed.Commit commit = feed.next();
                    assertThat(commit.misfits()).isEmpty();
                    assertThat(commit.version()).isEqualTo(version + 1);
                    assertThat(commit.commitTime()).isAfter(time);
                    apply(commit.rows(), entities);
                    version = commit.version();
                    commitFile = commit.commitFile();
                    time = commit.commitTime();
                }
            }
            assertThat(version).isEqualTo(released);
            Path truth = SharedTables.table("gold/truth/" + name).resolve("v" + version + ".jsonl.gz");
            if (Files.exists(truth)) {
                assertThat(entities.values().stream().sorted().toList())
                        .as("version %d", version)
                        .isEqualTo(documents(truth, schema.columns()));
            }
        }
        assertThat(version).isEqualTo(newest);

        Map<EntityKey, String> loadedAnew = new HashMap<>();
        apply(table.latest().rows(0), loadedAnew);
        assertThat(entities).isEqualTo(loadedAnew);
    }

    /// As the store does: an upsert of a key wins over its deletes in the same commit.
    private static void apply(Rows rows, Map<EntityKey, String> entities) {
        Map<EntityKey, String> upserts = new HashMap<>();
        try (rows) {
            while (rows.hasNext()) {
                for (EntityChange change : rows.next()) {
                    switch (change) {
                        case EntityChange.Upserted upserted ->
                            assertThat(upserts.put(
                                            upserted.key(), new String(upserted.document(), StandardCharsets.UTF_8)))
                                    .as("second upsert of %s", upserted.key())
                                    .isNull();
                        case EntityChange.Deleted deleted -> entities.remove(Objects.requireNonNull(deleted.key()));
                        case EntityChange.Unservable unservable -> throw new AssertionError(unservable.detail());
                    }
                }
            }
            assertThat(rows.shareDone()).isEqualTo(1);
        }
        entities.putAll(upserts);
    }

    private static List<Field> fields(List<Column> columns) {
        return columns.stream()
                .map(column -> GoldTables.column(column.name(), type(column.type())))
                .toList();
    }

    private static FieldType type(DeltaType type) {
        return switch (type) {
            case DeltaType.Struct struct -> new FieldType.ObjectType(fields(struct.members()), false);
            case DeltaType.Array array -> new FieldType.ArrayType(type(array.items()));
            case DeltaType.Map map -> new FieldType.MapType(type(map.values()));
            case Primitive primitive -> primitive.scalar().orElseThrow();
            case DeltaType.Decimal decimal -> decimal.scalar().orElseThrow();
            case DeltaType.Unsupported unsupported -> throw new AssertionError(unsupported.text());
        };
    }

    /// Truth in the form of documents.
    private static List<String> documents(Path truth, List<Column> columns) throws IOException {
        List<String> documents = new ArrayList<>();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(truth)), StandardCharsets.UTF_8))) {
            lines.lines()
                    .forEach(line ->
                            documents.add(object(columns, MAPPER.readTree(line)).toString()));
        }
        return documents.stream().sorted().toList();
    }

    private static ObjectNode object(List<Column> columns, JsonNode truth) {
        ObjectNode object = JSON.objectNode();
        for (Column column : columns) {
            JsonNode value = truth.get(column.name());
            object.set(column.name(), value == null || value.isNull() ? JSON.nullNode() : value(column.type(), value));
        }
        return object;
    }

    private static JsonNode value(DeltaType type, JsonNode truth) {
        return switch (type) {
            case DeltaType.Struct struct -> object(struct.members(), truth);
            case DeltaType.Array array -> {
                var items = JSON.arrayNode();
                truth.forEach(item -> items.add(value(array.items(), item)));
                yield items;
            }
            case DeltaType.Decimal decimal -> JSON.numberNode(new BigDecimal(truth.stringValue()));
            case Primitive primitive ->
                switch (primitive) {
                    case TIMESTAMP -> JSON.stringNode(timestamp(truth.longValue()));
                    case DOUBLE -> JSON.numberNode(new BigDecimal(truth.stringValue()));
                    default -> truth;
                };
            case DeltaType.Map map -> throw new AssertionError(map.text());
            case DeltaType.Unsupported unsupported -> throw new AssertionError(unsupported.text());
        };
    }

    private static String timestamp(long micros) {
        String text = Instant.EPOCH
                .plusSeconds(Math.floorDiv(micros, 1_000_000L))
                .plusNanos(Math.floorMod(micros, 1_000_000L) * 1000)
                .toString();
        return text.contains(".") ? text.replaceAll("0+Z$", "Z") : text;
    }
}
