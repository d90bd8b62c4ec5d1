package dev.vitrine.access.limit;

import dev.vitrine.access.AccessMisconfigured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a caller may ask for.
///
/// @param windows all of them must leave something
/// @param concurrent requests at the same time; 0: any number
/// @param policy the header `RateLimit-Policy`; empty if nothing is limited
public record Plan(String name, List<Window> windows, int concurrent, String policy) {

    /// Name of the limit of requests at the same time.
    static final String CONCURRENT = "concurrent";

    public Plan {
        windows = List.copyOf(windows);
    }

    /// @param key of the configuration, for messages
    /// @param limits by name; `concurrent` is a number, the others are windows
    static Plan parse(String key, String name, Map<String, String> limits) {
        int concurrent = concurrent(key + '.' + CONCURRENT, limits.getOrDefault(CONCURRENT, "0"));
        List<Window> windows = windows(key, "", limits);
        String policy = Stream.concat(
                        windows.stream().map(Window::policy),
                        concurrent == 0
                                ? Stream.empty()
                                : Stream.of("\"%s\";q=%d;qu=\"concurrent-requests\"".formatted(CONCURRENT, concurrent)))
                .collect(Collectors.joining(", "));
        return new Plan(name, windows, concurrent, policy);
    }

    /// The windows among the limits, the shortest first.
    ///
    /// @param prefix of their names
    static List<Window> windows(String key, String prefix, Map<String, String> limits) {
        List<Window> windows = new ArrayList<>();
        limits.forEach((window, text) -> {
            if (!window.equals(CONCURRENT)) {
                windows.add(Window.parse(key + '.' + window, prefix + window, text));
            }
        });
        windows.sort((one, other) -> one.length().compareTo(other.length()));
        return windows;
    }

    private static int concurrent(String key, String text) {
        if (!text.matches("[0-9]{1,6}")) {
            throw new AccessMisconfigured(
                    "%s is '%s', which is no number of requests.".formatted(key, text),
                    "Write a whole number; 0 or nothing allows any number.");
        }
        return Integer.parseInt(text);
    }

    /// The header `RateLimit`: what is left.
    ///
    /// @param running requests of the caller that are being answered
    String state(Taken taken, int running) {
        StringBuilder text = new StringBuilder(64);
        for (int at = 0; at < windows.size(); at++) {
            if (at > 0) {
                text.append(", ");
            }
            text.append('"')
                    .append(windows.get(at).name())
                    .append("\";r=")
                    .append(taken.remaining()[at])
                    .append(";t=")
                    .append((taken.resetMillis()[at] + 999) / 1000);
        }
        if (concurrent > 0) {
            text.append(text.isEmpty() ? "\"" : ", \"")
                    .append(CONCURRENT)
                    .append("\";r=")
                    .append(Math.max(0, concurrent - running));
        }
        return text.toString();
    }
}
