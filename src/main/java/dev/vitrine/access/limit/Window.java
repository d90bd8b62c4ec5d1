package dev.vitrine.access.limit;

import dev.vitrine.access.AccessMisconfigured;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;

/// So many units in so much time. The time begins with the first unit that is taken.
///
/// @param name as callers see it
/// @param quota units, positive
/// @param length at least a second
public record Window(String name, long quota, Duration length) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]+");
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,14})/(\\w+)");

    /// Reads `100/10s`: a hundred units in ten seconds.
    ///
    /// @param key of the configuration, for messages
    static Window parse(String key, String name, String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches() || !NAME.matcher(name).matches()) {
            throw wrong(key, text);
        }
        try {
            Duration length = DurationStyle.detectAndParse(form.group(2));
            if (length.compareTo(Duration.ofSeconds(1)) < 0) {
                throw wrong(key, text);
            }
            return new Window(name, Long.parseLong(form.group(1)), length);
        } catch (IllegalArgumentException e) {
            throw wrong(key, text);
        }
    }

    private static AccessMisconfigured wrong(String key, String text) {
        return new AccessMisconfigured(
                "%s is '%s', which is no limit.".formatted(key, text),
                "Write units and time, such as 100/1s, 3000/1m or 1000000/1d; names hold letters, digits, '-', '_' and '.'.");
    }

    /// `"minute";q=3000;w=60`
    String policy() {
        return "\"%s\";q=%d;w=%d".formatted(name, quota, length.toSeconds());
    }

    /// What work takes of this window: all of it, if the work costs more than there ever is.
    public long share(long units) {
        return Math.min(units, quota);
    }
}
