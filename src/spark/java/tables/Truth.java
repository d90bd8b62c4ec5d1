package tables;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/// Writes what Spark reads from a table: each version, the changes of each commit, the whole feed. A commit is read as
/// soon as it is written: Spark shows changes in the newest schema, and refuses where they do not fit it any more.
final class Truth {

    private final SparkSession spark;
    private final Path table;
    private final Path folder;
    private final Map<Long, String> perVersion = new TreeMap<>();
    private long next;

    Truth(SparkSession spark, Path table, Path folder) {
        this.spark = spark;
        this.table = table;
        this.folder = folder;
    }

    /// Writes the versions that came since.
    void follow() throws IOException {
        for (; Files.exists(table.resolve("_delta_log/%020d.json".formatted(next))); next++) {
            String file = "%05d.jsonl".formatted(next);
            lines(folder.resolve("s").resolve(file), snapshot(next));
            try {
                List<String> changes = changes(next, next);
                lines(folder.resolve("v").resolve(file), changes);
                perVersion.put(next, Integer.toString(changes.size()));
            } catch (Exception refused) {
                perVersion.put(next, quoted(firstLine(refused)));
            }
        }
    }

    /// Writes what there is to say about all of them.
    void end() throws IOException {
        long latest = next - 1;
        List<String> last = snapshot(latest);
        lines(folder.resolve("snapshot.jsonl"), last);
        String feed;
        try {
            List<String> all = changes(0, latest);
            lines(folder.resolve("cdf.jsonl"), all);
            feed = "\"cdfFrom0\":" + all.size();
        } catch (Exception refused) {
            feed = "\"cdfFrom0Error\":" + quoted(firstLine(refused));
        }
        Files.writeString(
                folder.resolve("meta.json"),
                "{\"name\":%s,\"latest\":%d,\"snapshotRows\":%d,\"schema\":%s,\"earliestJson\":0,%s,\"perVersion\":{%s}}\n"
                        .formatted(
                                quoted(table.getFileName().toString()),
                                latest,
                                last.size(),
                                at(latest).schema().json(),
                                feed,
                                perVersion.entrySet().stream()
                                        .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                                        .collect(Collectors.joining(","))));
    }

    private Dataset<Row> at(long version) {
        return spark.read().format("delta").option("versionAsOf", version).load(table.toString());
    }

    private List<String> snapshot(long version) {
        return json(at(version));
    }

    private List<String> changes(long from, long to) {
        return json(spark.read()
                .format("delta")
                .option("readChangeFeed", true)
                .option("startingVersion", from)
                .option("endingVersion", to)
                .load(table.toString()));
    }

    private static List<String> json(Dataset<Row> rows) {
        StructType schema = rows.schema();
        boolean feed = Arrays.asList(schema.fieldNames()).contains("_commit_version");
        List<String[]> lines = new ArrayList<>();
        for (Row row : rows.collectAsList()) {
            String order = feed ? "%020d".formatted(row.<Long>getAs("_commit_version")) : "";
            lines.add(new String[] {order, value(schema, row)});
        }
        lines.sort((one, other) -> Arrays.compare(one, other));
        return lines.stream().map(line -> line[1]).toList();
    }

    private static String value(DataType type, Object value) {
        if (value == null) {
            return "null";
        }
        if (type instanceof StructType struct) {
            StructField[] fields = struct.fields();
            List<String> members = new ArrayList<>();
            for (int index = 0; index < fields.length; index++) {
                if (!fields[index].name().equals("_commit_timestamp")) {
                    members.add(quoted(fields[index].name()) + ":"
                            + value(fields[index].dataType(), ((Row) value).get(index)));
                }
            }
            return "{" + String.join(",", members) + "}";
        }
        if (type instanceof ArrayType array) {
            return items((scala.collection.Iterable<?>) value)
                    .map(item -> value(array.elementType(), item))
                    .collect(Collectors.joining(",", "[", "]"));
        }
        if (type instanceof MapType map) {
            return CollectionConverters.asJava((scala.collection.Map<?, ?>) value).entrySet().stream()
                    .map(entry -> "[" + value(map.keyType(), entry.getKey()) + "," + value(map.valueType(), entry.getValue())
                            + "]")
                    .sorted()
                    .collect(Collectors.joining(",", "[", "]"));
        }
        return scalar(value);
    }

    private static Stream<Object> items(scala.collection.Iterable<?> items) {
        List<Object> list = new ArrayList<>();
        CollectionConverters.asJava(items).forEach(list::add);
        return list.stream();
    }

    private static String scalar(Object value) {
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof BigDecimal decimal) {
            return quoted(decimal.toPlainString());
        }
        if (value instanceof java.sql.Date date) {
            return quoted(date.toLocalDate().toString());
        }
        if (value instanceof LocalDate date) {
            return quoted(date.toString());
        }
        if (value instanceof Timestamp timestamp) {
            return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, timestamp.toInstant()));
        }
        if (value instanceof LocalDateTime local) {
            return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, local.toInstant(ZoneOffset.UTC)));
        }
        if (value instanceof Float || value instanceof Double) {
            return quoted(value.toString());
        }
        if (value instanceof byte[] bytes) {
            return quoted(Base64.getEncoder().encodeToString(bytes));
        }
        return value.toString();
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    private static String firstLine(Exception refused) {
        String text = refused.getClass().getName() + ": " + refused.getMessage();
        return text.lines().findFirst().orElse("").replaceAll("file:\\S+", "…");
    }

    private static void lines(Path file, List<String> lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, lines, StandardCharsets.UTF_8);
    }
}
