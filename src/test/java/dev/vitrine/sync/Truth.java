package dev.vitrine.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.FieldType.ArrayType;
import dev.vitrine.contract.FieldType.BooleanType;
import dev.vitrine.contract.FieldType.DecimalType;
import dev.vitrine.contract.FieldType.IntegerType;
import dev.vitrine.contract.FieldType.LocalTimestampType;
import dev.vitrine.contract.FieldType.MapType;
import dev.vitrine.contract.FieldType.NumberType;
import dev.vitrine.contract.FieldType.ObjectType;
import dev.vitrine.contract.FieldType.Scalar;
import dev.vitrine.contract.FieldType.TimestampType;
import dev.vitrine.contract.ScalarValues;
import dev.vitrine.entity.Entity;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import dev.vitrine.entity.Page;
import dev.vitrine.store.Answer;
import dev.vitrine.store.PageRequest;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.StoredTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// All rows of a table by their key's text. Numbers count by value, so that `9.00` equals `9`; how they are written is
/// the reader's test.
record Truth(Map<String, Object> rows) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();
    private static final ReadBudget UNBOUNDED = new ReadBudget(Long.MAX_VALUE, Duration.ofMinutes(5));

    /// The lines that Spark wrote, in the forms of the stored document.
    static Truth read(Path file, List<Field> columns, List<String> key) {
        Map<String, Object> rows = new TreeMap<>();
        ObjectType row = new ObjectType(columns, false);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(file), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                put(rows, key, stored(row, JSON.readValue(line, Object.class)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Truth(rows);
    }

    /// What the store serves, page by page.
    static Truth served(StoredTable table) {
        List<String> key = table.table().key().stream()
                .map(column -> column.path().getFirst())
                .toList();
        Map<String, Object> rows = new TreeMap<>();
        Page.Position after = null;
        do {
            Answer<Page> page = table.page(new PageRequest(Filter.ALL, Order.BY_KEY, after, 1000), UNBOUNDED);
            for (Entity entity : page.value().items()) {
                put(rows, key, plain(JSON.readValue(entity.document(), Object.class)));
            }
            after = page.value().next();
        } while (after != null);
        return new Truth(rows);
    }

    private static void put(Map<String, Object> rows, List<String> key, @Nullable Object row) {
        Map<?, ?> members = (Map<?, ?>) Objects.requireNonNull(row);
        StringBuilder text = new StringBuilder();
        key.forEach(column -> text.append(members.get(column)).append('|'));
        if (rows.put(text.toString(), members) != null) {
            throw new AssertionError("key %s is there twice".formatted(text));
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
    }

    private static @Nullable Object stored(FieldType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case ObjectType object -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                object.fields()
                        .forEach(field ->
                                members.put(field.name(), stored(field.type(), ((Map<?, ?>) value).get(field.name()))));
                yield members;
            }
            case ArrayType array -> {
                List<@Nullable Object> items = new ArrayList<>();
                ((List<?>) value).forEach(item -> items.add(stored(array.items(), item)));
                yield items;
            }
            case MapType map -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                ((List<?>) value).forEach(pair -> {
                    List<?> entry = (List<?>) pair;
                    members.put(String.valueOf(entry.get(0)), stored(map.values(), entry.get(1)));
                });
                yield members;
            }
            case Scalar scalar -> scalar(scalar, value.toString());
        };
    }

    private static @Nullable Object scalar(Scalar type, String text) {
        return switch (type) {
            case IntegerType integer -> number(text);
            case DecimalType decimal -> number(text);
            case NumberType number -> text.equals("NaN") || text.endsWith("Infinity") ? null : number(text);
            case BooleanType bool -> Boolean.valueOf(text);
            case TimestampType timestamp -> ScalarValues.format(timestamp, instant(text));
            case LocalTimestampType local ->
                ScalarValues.format(local, LocalDateTime.ofInstant(instant(text), ZoneOffset.UTC));
            case Scalar asItStands -> text;
        };
    }

    private static Instant instant(String micros) {
        return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> object -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                object.forEach((name, member) -> members.put(String.valueOf(name), plain(member)));
                yield members;
            }
            case List<?> array -> {
                List<@Nullable Object> items = new ArrayList<>();
                array.forEach(item -> items.add(plain(item)));
                yield items;
            }
            case Number number -> number(number.toString());
            case Object other -> other;
        };
    }

    private static BigDecimal number(String text) {
        BigDecimal value = new BigDecimal(text);
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
}
