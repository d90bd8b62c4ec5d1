package dev.vitrine.rest;

import dev.vitrine.rest.problem.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The query string of a request: each parameter once, values still encoded so that lists can be
/// split first. Repeated lists are joined.
///
/// @param raw value by decoded name
/// @param faults parameters that could not be read
record Parameters(Map<String, String> raw, List<Refusal.Error> faults) {

    /// Reads a query string; collects what is wrong with it.
    static Parameters of(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return new Parameters(Map.of(), new ArrayList<>());
        }
        Map<String, String> raw = new LinkedHashMap<>();
        List<Refusal.Error> faults = new ArrayList<>();
        for (String pair : query.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String written = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            String name = PercentText.decode(written, true);
            if (name == null || PercentText.decode(value, true) == null) {
                faults.add(new Refusal.Error(
                        written, "invalid-encoding", "is not percent-encoded UTF-8; write a plain % as %25"));
            } else if (name.endsWith(".in")) {
                raw.merge(name, value, (one, other) -> one + ',' + other);
            } else if (raw.putIfAbsent(name, value) != null) {
                faults.add(new Refusal.Error(
                        name, "repeated-parameter", "is given more than once; only lists (name.in) can be repeated"));
            }
        }
        return new Parameters(raw, faults);
    }

    /// The decoded value of a parameter, null if it is absent.
    @Nullable
    String value(String name) {
        String value = raw.get(name);
        return value == null ? null : PercentText.decode(value, true);
    }

    /// The parts of a list of values, each decoded after the split, so that `%2C` is a comma in a value.
    List<String> values(String name) {
        List<String> values = PercentText.decodeList(raw.getOrDefault(name, ""), true);
        return values == null ? List.of() : values;
    }

    /// The parts of a list of names, which hold no commas, so that `%2C` separates as well; null if it is absent.
    @Nullable
    List<String> names(String name) {
        String value = value(name);
        return value == null ? null : List.of(value.split(",", -1));
    }
}
