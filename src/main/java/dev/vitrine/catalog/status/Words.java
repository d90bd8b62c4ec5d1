package dev.vitrine.catalog.status;

import dev.vitrine.sla.LevelReport.Kind;
import dev.vitrine.sla.LevelReport.ObjectiveLevel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Objects;
import org.springframework.web.util.HtmlUtils;

/// Figures as people say them.
final class Words {

    private static final int SHARE_DIGITS = 3;

    private Words() {}

    static String name(Kind kind) {
        return switch (kind) {
            case AVAILABILITY -> "Availability";
            case RESPONSE_TIME -> "Response time";
            case FRESHNESS -> "Freshness";
        };
    }

    /// `99.9 % of requests are answered`
    static String promise(ObjectiveLevel level) {
        String share = percent(1 - level.allowed());
        return switch (level.kind()) {
            case AVAILABILITY -> share + " of requests are answered";
            case RESPONSE_TIME -> share + " of single reads within " + time(limit(level));
            case FRESHNESS -> "at most " + time(limit(level)) + " behind, " + share + " of the time";
        };
    }

    /// As it is at present.
    static String now(ObjectiveLevel level) {
        Double now = level.now();
        if (now == null) {
            return level.kind() == Kind.FRESHNESS ? "nothing is served" : "no requests";
        }
        return switch (level.kind()) {
            case AVAILABILITY -> percent(now);
            case RESPONSE_TIME -> time(now);
            case FRESHNESS -> now == 0 ? "up to date" : time(now) + " behind";
        };
    }

    static double limit(ObjectiveLevel level) {
        return seconds(Objects.requireNonNull(level.limit()));
    }

    static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /// Never rounded up to all.
    static String percent(double share) {
        return BigDecimal.valueOf(share)
                        .movePointRight(2)
                        .setScale(SHARE_DIGITS, RoundingMode.FLOOR)
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }

    /// `8 ms`, `1.5 s`, `3 min`, `2.5 h`, `4 d`
    static String time(double seconds) {
        if (seconds < 1) {
            return rounded(seconds * 1000) + " ms";
        }
        if (seconds < 120) {
            return rounded(seconds) + " s";
        }
        if (seconds < 7200) {
            return rounded(seconds / 60) + " min";
        }
        return seconds < 172_800 ? rounded(seconds / 3600) + " h" : rounded(seconds / 86_400) + " d";
    }

    static String escaped(String text) {
        return HtmlUtils.htmlEscape(text);
    }

    private static String rounded(double number) {
        return new BigDecimal(number, new MathContext(number < 10 ? 2 : 3))
                .stripTrailingZeros()
                .toPlainString();
    }
}
