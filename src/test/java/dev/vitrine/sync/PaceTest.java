package dev.vitrine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.GoldTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void looksFiveTimesInTheTimeThatTheContractPromises() {
        assertThat(pace(Duration.ofSeconds(5), null).untilNextLook(NOON))
                .isBetween(Duration.ofMillis(900), Duration.ofMillis(1100));
        assertThat(pace(Duration.ofMinutes(15), null).untilNextLook(NOON))
                .isBetween(Duration.ofSeconds(162), Duration.ofSeconds(198));
    }

    @Test
    void neverSpins() {
        assertThat(pace(Duration.ZERO, null).untilNextLook(NOON)).isGreaterThanOrEqualTo(Duration.ofMillis(90));
    }

    @Test
    void keepsToAScheduleInTheFormOfUnixOrOfSpring() {
        assertThat(pace(Duration.ofDays(1), "0 2 * * *").untilNextLook(NOON)).isEqualTo(Duration.ofHours(14));
        assertThat(pace(Duration.ofDays(1), "0 30 12 * * *").untilNextLook(NOON))
                .isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void fallsBackToThePaceWhereTheScheduleIsNoCronExpression() {
        assertThat(pace(Duration.ofSeconds(50), "every night").untilNextLook(NOON))
                .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
    }

    @Test
    void restsLongerAfterEachFailureUpToALimitAndForgetsThemAfterASuccess() {
        Pace pace = pace(Duration.ofSeconds(5), null);
        assertThat(pace.untilRetry()).isBetween(Duration.ofMillis(900), Duration.ofMillis(1100));
        assertThat(pace.untilRetry()).isBetween(Duration.ofMillis(1800), Duration.ofMillis(2200));
        for (int failure = 0; failure < 100; failure++) {
            assertThat(pace.untilRetry()).isLessThanOrEqualTo(Duration.ofSeconds(33));
        }
        assertThat(pace.untilRetry()).isGreaterThanOrEqualTo(Duration.ofSeconds(27));
        pace.untilNextLook(NOON);
        assertThat(pace.untilRetry()).isLessThanOrEqualTo(Duration.ofMillis(1100));
    }

    private static Pace pace(Duration promised, @Nullable String schedule) {
        GoldTable plain = GoldTables.of("sales", "things");
        return new Pace(
                new GoldTable(
                        plain.product(),
                        plain.name(),
                        plain.location(),
                        plain.columns(),
                        plain.key(),
                        plain.indexed(),
                        List.of(),
                        0.5,
                        promised,
                        schedule),
                Workers.PROPERTIES);
    }
}
