package dev.vitrine.sync;

import dev.vitrine.SharedTables;
import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.FieldType.ArrayType;
import dev.vitrine.contract.FieldType.BinaryType;
import dev.vitrine.contract.FieldType.BooleanType;
import dev.vitrine.contract.FieldType.DateType;
import dev.vitrine.contract.FieldType.DecimalType;
import dev.vitrine.contract.FieldType.IntegerType;
import dev.vitrine.contract.FieldType.LocalTimestampType;
import dev.vitrine.contract.FieldType.MapType;
import dev.vitrine.contract.FieldType.NumberType;
import dev.vitrine.contract.FieldType.ObjectType;
import dev.vitrine.contract.FieldType.Scalar;
import dev.vitrine.contract.FieldType.StringType;
import dev.vitrine.contract.FieldType.TimestampType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A table that Spark wrote, with what Spark reads from it. Its contract is its latest schema, every column in it.
///
/// @param tables folder of the table below the shared tables
/// @param truth folder of its truth
record SparkTable(String name, String tables, Path truth, JsonNode meta, List<String> key) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");

    /// `dim_customer`, `fact_orders` or `monthly_revenue`.
    static SparkTable gold(String name) {
        Path truth = SharedTables.table("gold/truth/" + name);
        JsonNode meta = JSON.readTree(truth.resolve("meta.json").toFile());
        List<String> key = new ArrayList<>();
        meta.get("key").forEach(column -> key.add(column.asString()));
        return new SparkTable(name, "gold/" + name, truth, meta, key);
    }

    /// One of the corpus, with the key `id`.
    static SparkTable corpus(String name) {
        Path truth = SharedTables.table("corpus/truth/" + name);
        JsonNode meta = JSON.readTree(truth.resolve("meta.json").toFile());
        return new SparkTable(name, "corpus/tables/" + name, truth, meta, List.of("id"));
    }

    /// About a million rows, key `date, county, state`, no feed; its truth is in figures only.
    static SparkTable covid() {
        Path table = SharedTables.table("covid_nyt");
        try (Stream<String> log = Files.lines(table.resolve("_delta_log/%020d.json".formatted(0)))) {
            String schema = log.map(JSON::readTree)
                    .filter(action -> action.has("metaData"))
                    .map(action -> action.get("metaData").get("schemaString").asString())
                    .findFirst()
                    .orElseThrow();
            JsonNode meta = JSON.readTree("{\"latest\":0,\"schema\":%s}".formatted(schema));
            return new SparkTable("covid_nyt", "covid_nyt", table, meta, List.of("date", "county", "state"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The table of a name, gold or `covid_nyt`.
    static SparkTable named(String name) {
        return name.equals("covid_nyt") ? covid() : gold(name);
    }

    int latest() {
        return meta.get("latest").asInt();
    }

    /// The first version that the log still tells.
    int earliest() {
        return meta.has("earliestJson") ? meta.get("earliestJson").asInt() : 0;
    }

    /// What Spark reads at a version.
    Truth truthAt(int version) {
        return Truth.read(truth.resolve("v" + version + ".jsonl.gz"), columns(), key);
    }

    /// Whether there is a truth of that version.
    boolean hasTruthAt(int version) {
        return Files.exists(truth.resolve("v" + version + ".jsonl.gz"));
    }

    /// How many rows it has at a version.
    long rowsAt(long version) {
        for (JsonNode at : meta.get("versions")) {
            if (at.get("version").asLong() == version) {
                return at.get("rows").asLong();
            }
        }
        throw new IllegalArgumentException("no version " + version + " of " + name);
    }

    /// What Spark reads at the last version.
    Truth truthAtLast() {
        Path snapshot = truth.resolve("snapshot.jsonl");
        return snapshot.toFile().exists() ? Truth.read(snapshot, columns(), key) : truthAt(latest());
    }

    /// The gold table at a place, to be looked at as often as possible.
    GoldTable at(Path location) {
        return at(location, 0.5);
    }

    /// @param maxDeleteShare share of the keys that one commit may remove
    GoldTable at(Path location, double maxDeleteShare) {
        List<IndexedColumn> keyColumns = columns().stream()
                .filter(field -> key.contains(field.column()))
                .map(field -> new IndexedColumn(List.of(field.column()), (Scalar) field.type()))
                .toList();
        return new GoldTable(
                "spark",
                name,
                location.toString(),
                columns(),
                keyColumns,
                keyColumns,
                List.of(),
                maxDeleteShare,
                Duration.ofMillis(500),
                null);
    }

    List<Field> columns() {
        return fields(meta.get("schema"));
    }

    private static List<Field> fields(JsonNode struct) {
        List<Field> fields = new ArrayList<>();
        struct.get("fields").forEach(field -> {
            String column = field.get("name").asString();
            fields.add(new Field(column, column, type(field.get("type")), false, false, null, null, null, List.of()));
        });
        return fields;
    }

    private static FieldType type(JsonNode type) {
        if (type.isObject()) {
            return switch (type.get("type").asString()) {
                case "struct" -> new ObjectType(fields(type), false);
                case "array" -> new ArrayType(type(type.get("elementType")));
                case "map" -> new MapType(type(type.get("valueType")));
                default -> throw new IllegalArgumentException("unknown type " + type);
            };
        }
        Matcher decimal = DECIMAL.matcher(type.asString());
        if (decimal.matches()) {
            return new DecimalType(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)), false);
        }
        return switch (type.asString()) {
            case "byte", "short", "integer", "long" -> new IntegerType(false, null, null);
            case "float", "double" -> new NumberType(false);
            case "boolean" -> new BooleanType();
            case "date" -> new DateType();
            case "timestamp" -> new TimestampType();
            case "timestamp_ntz" -> new LocalTimestampType();
            case "binary" -> new BinaryType();
            case "string" -> StringType.any();
            default -> throw new IllegalArgumentException("unknown type " + type);
        };
    }
}
