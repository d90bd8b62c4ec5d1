package dev.vitrine.contract.odcs;

import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.ServiceLevel;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads `slaProperties`. Names and units are the standard's, in any case; a value may also carry its unit (`99.9%`,
/// `PT5M`).
final class ServiceLevelReader {

    private static final Map<String, String> SYNONYMS = Map.of(
            "av",
            "availability",
            "er",
            "errorrate",
            "es",
            "endofsupport",
            "el",
            "endoflife",
            "fy",
            "frequency",
            "ly",
            "latency",
            "freshness",
            "latency");

    /// Seconds of each unit.
    private static final Map<String, BigDecimal> UNITS = Map.ofEntries(
            unit("us", "0.000001"),
            unit("microseconds", "0.000001"),
            unit("ms", "0.001"),
            unit("milliseconds", "0.001"),
            unit("s", "1"),
            unit("sec", "1"),
            unit("seconds", "1"),
            unit("m", "60"),
            unit("min", "60"),
            unit("minutes", "60"),
            unit("h", "3600"),
            unit("hr", "3600"),
            unit("hours", "3600"),
            unit("d", "86400"),
            unit("days", "86400"),
            unit("w", "604800"),
            unit("weeks", "604800"),
            unit("mo", "2592000"),
            unit("months", "2592000"),
            unit("y", "31536000"),
            unit("yr", "31536000"),
            unit("years", "31536000"));

    private static final double PERCENTILE = 99;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /// A thousand years: nothing longer is a promise.
    private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(31_536_000_000L);

    private final List<EntityType> entities;
    private final Problems problems;
    private final List<ServiceLevel> levels = new ArrayList<>();

    ServiceLevelReader(List<EntityType> entities, Problems problems) {
        this.entities = entities;
        this.problems = problems;
    }

    List<ServiceLevel> read(Yaml.Table contract) {
        String byDefault = contract.text("slaDefaultElement");
        for (Yaml.Table source : contract.tables("slaProperties")) {
            String property = source.text("property");
            if (property != null && source.entries().containsKey("value")) {
                String written = source.text("element");
                for (@Nullable String element : elements(source, written == null ? byDefault : written)) {
                    level(source, property, element);
                }
            }
        }
        return levels;
    }

    private void level(Yaml.Table source, String property, @Nullable String element) {
        String lower = property.toLowerCase(Locale.ROOT);
        switch (SYNONYMS.getOrDefault(lower, lower)) {
            case "latency" -> add(duration(source), limit -> new ServiceLevel.Latency(limit, element));
            case "availability" -> add(percent(source), percent -> new ServiceLevel.Availability(percent, element));
            case "errorrate" -> add(percent(source), percent -> new ServiceLevel.ErrorRate(percent, element));
            case "responsetime" ->
                add(duration(source), limit -> new ServiceLevel.ResponseTime(limit, percentile(source), element));
            case "frequency" -> frequency(source, element);
            case "endofsupport" -> add(instant(source), at -> new ServiceLevel.EndOfSupport(at, element));
            case "endoflife" -> add(instant(source), at -> new ServiceLevel.EndOfLife(at, element));
            default -> levels.add(new ServiceLevel.Stated(property, value(source), source.text("unit"), element));
        }
    }

    private <T> void add(@Nullable T value, Function<T, ServiceLevel> level) {
        if (value != null) {
            levels.add(level.apply(value));
        }
    }

    private void frequency(Yaml.Table source, @Nullable String element) {
        String schedule = source.text("schedule");
        int fields = schedule == null ? 5 : schedule.strip().split("\\s+").length;
        if (schedule != null && (fields < 5 || fields > 6)) {
            problems.add(
                    source.at("schedule"),
                    "'" + schedule + "' is no cron expression",
                    "Write five fields (minute hour day month weekday), or six with seconds first");
        }
        boolean onlySchedule = schedule != null && source.get("unit") == null;
        Duration every = onlySchedule ? null : duration(source);
        if (every != null || schedule != null) {
            levels.add(new ServiceLevel.Frequency(every, schedule, element));
        }
    }

    /// The entities that `element` is about: `object.property`, several by comma; [null] for all.
    private List<@Nullable String> elements(Yaml.Table source, @Nullable String written) {
        List<@Nullable String> names = new ArrayList<>();
        for (String element : written == null ? new String[0] : written.split(",")) {
            String name = element.strip();
            String found = entities.stream()
                    .filter(entity -> isOf(name, entity.name()) || isOf(name, entity.table()))
                    .map(EntityType::name)
                    .findFirst()
                    .orElse(entities.size() == 1 ? entities.getFirst().name() : null);
            if (found == null) {
                problems.add(
                        source.at("element"),
                        "'" + name + "' names no entity of the contract",
                        "Write entity or entity.field, or leave it out to mean all");
            } else if (!names.contains(found)) {
                names.add(found);
            }
        }
        if (written == null) {
            names.add(null);
        }
        return names;
    }

    private static boolean isOf(String element, String entity) {
        return element.equals(entity) || element.startsWith(entity + ".");
    }

    private @Nullable Duration duration(Yaml.Table source) {
        Yaml at = source.at("value");
        String value = value(source);
        if (value.startsWith("P")) {
            try {
                Duration duration = Duration.parse(value);
                return duration.isPositive() ? duration : wrong(at, value, "a time", "Write one above zero");
            } catch (DateTimeException e) {
                return wrong(at, value, "a time", "Write a number with a unit, or PT5M");
            }
        }
        BigDecimal number = number(value);
        if (number == null || number.signum() <= 0) {
            return wrong(at, value, "a time", "Write a number above zero, with unit: s, m, h or d");
        }
        String unit = Objects.requireNonNullElse(source.text("unit"), "")
                .toLowerCase(Locale.ROOT)
                .strip();
        BigDecimal seconds = unit.isEmpty() ? null : UNITS.getOrDefault(unit, UNITS.get(unit + "s"));
        if (seconds == null) {
            return wrong(
                    source.at("unit"),
                    unit.isEmpty() ? value : unit,
                    unit.isEmpty() ? "a time as long as it has no unit" : "a unit of time",
                    "Add unit: ms, s, m, h, d, w or y");
        }
        BigDecimal total = number.multiply(seconds);
        if (total.compareTo(MAX_SECONDS) > 0) {
            return wrong(at, value, "a time that anybody can promise", "Write a shorter one");
        }
        return Duration.ofNanos(1).compareTo(ofSeconds(total)) > 0
                ? wrong(at, value, "a time", "Write a longer one")
                : ofSeconds(total);
    }

    private static Duration ofSeconds(BigDecimal seconds) {
        return Duration.ofSeconds(
                seconds.longValue(),
                seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
    }

    private @Nullable Double percent(Yaml.Table source) {
        String value = value(source);
        String digits =
                value.endsWith("%") ? value.substring(0, value.length() - 1).strip() : value;
        String unit = Objects.requireNonNullElse(source.text("unit"), "%").toLowerCase(Locale.ROOT);
        BigDecimal number = number(digits);
        boolean known = unit.equals("%") || unit.startsWith("percent") || unit.equals("pct");
        if (!known || number == null || number.signum() < 0 || number.compareTo(HUNDRED) > 0) {
            return wrong(source.at("value"), value, "a share", "Write percent from 0 to 100, such as 99.9");
        }
        return number.doubleValue();
    }

    /// `valueExt: 95` or `p95`.
    private double percentile(Yaml.Table source) {
        Yaml value = source.get("valueExt");
        if (value == null) {
            return PERCENTILE;
        }
        String text = value instanceof Yaml.Leaf leaf ? leaf.text() : "";
        BigDecimal number = number(text.startsWith("p") ? text.substring(1) : text);
        if (number == null || number.signum() <= 0 || number.compareTo(HUNDRED) >= 0) {
            wrong(value, text, "a percentile", "Write valueExt: 95, or leave it out to mean 99");
            return PERCENTILE;
        }
        return number.doubleValue();
    }

    private @Nullable Instant instant(Yaml.Table source) {
        String value = value(source);
        try {
            return value.contains("T")
                    ? OffsetDateTime.parse(value).toInstant()
                    : LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return wrong(
                    source.at("value"), value, "a point in time", "Write 2032-05-12T09:30:10Z, or a date (0:00 UTC)");
        }
    }

    private <T> @Nullable T wrong(Yaml at, String value, String expected, String fix) {
        problems.add(at, "'" + value + "' is not " + expected, fix);
        return null;
    }

    private static String value(Yaml.Table source) {
        return source.get("value") instanceof Yaml.Leaf leaf ? leaf.text().strip() : "";
    }

    private static @Nullable BigDecimal number(String text) {
        return text.matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?") ? new BigDecimal(text) : null;
    }

    private static Map.Entry<String, BigDecimal> unit(String name, String seconds) {
        return Map.entry(name, new BigDecimal(seconds));
    }
}
