package dev.vitrine.delta.kernel;

import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What Spark reads, in the form of documents that a contract asks for. Numbers count by value, so that `9.00` equals
/// `9`.
final class TruthDocuments {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private TruthDocuments() {}

    /// The lines of a file of truth, as documents with these columns, sorted.
    static List<String> of(Path truth, List<Field> columns) throws IOException {
        List<String> documents = new ArrayList<>();
        for (String line : Files.readAllLines(truth)) {
            documents.add(text(object(columns, (Map<?, ?>) JSON.readValue(line, Object.class))));
        }
        return documents.stream().sorted().toList();
    }

    /// Documents as they were read, in the same form.
    static List<String> of(Collection<String> documents) {
        return documents.stream()
                .map(document -> text(JSON.readValue(document, Object.class)))
                .sorted()
                .toList();
    }

    private static Map<String, @Nullable Object> object(List<Field> columns, Map<?, ?> truth) {
        Map<String, @Nullable Object> members = new TreeMap<>();
        columns.forEach(field -> members.put(field.name(), value(field.type(), truth.get(field.column()))));
        return members;
    }

    private static @Nullable Object value(FieldType type, @Nullable Object truth) {
        if (truth == null) {
            return null;
        }
        return switch (type) {
            case FieldType.ObjectType object -> object(object.fields(), (Map<?, ?>) truth);
            case FieldType.ArrayType array ->
                ((List<?>) truth)
                        .stream().map(item -> text(value(array.items(), item))).toList();
            case FieldType.MapType map -> {
                Map<String, @Nullable Object> members = new TreeMap<>();
                ((List<?>) truth).forEach(pair -> {
                    List<?> entry = (List<?>) pair;
                    members.put(String.valueOf(entry.get(0)), value(map.values(), entry.get(1)));
                });
                yield members;
            }
            case FieldType.DecimalType decimal -> new BigDecimal(truth.toString());
            case FieldType.NumberType number -> new BigDecimal(truth.toString());
            case FieldType.TimestampType timestamp -> instant(truth) + "";
            case FieldType.LocalTimestampType local ->
                seconds(
                        truth instanceof String day
                                ? LocalDate.parse(day).atStartOfDay()
                                : LocalDateTime.ofInstant(instant(truth), ZoneOffset.UTC));
            default -> truth;
        };
    }

    private static Instant instant(Object micros) {
        return Instant.EPOCH.plus(((Number) micros).longValue(), ChronoUnit.MICROS);
    }

    private static String seconds(LocalDateTime value) {
        String text = value.toString();
        return text.length() == "2026-01-01T00:00".length() ? text + ":00" : text.replaceAll("(\\.\\d*?)0+$", "$1");
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> object -> {
                Map<String, String> members = new TreeMap<>();
                object.forEach((name, member) -> members.put(String.valueOf(name), text(member)));
                yield members.toString();
            }
            case List<?> array ->
                array.stream().map(TruthDocuments::text).toList().toString();
            case Number number -> {
                BigDecimal exact = new BigDecimal(number.toString());
                yield exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
            }
            case Object other -> other.toString();
        };
    }
}
