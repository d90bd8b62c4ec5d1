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
        assertThat(pace(Duration.ofSeconds(5), null).untilNextLook(NOON, NOON))
                .isBetween(Duration.ofMillis(900), Duration.ofMillis(1100));
        assertThat(pace(Duration.ofMinutes(15), null).untilNextLook(NOON, NOON))
                .isBetween(Duration.ofSeconds(162), Duration.ofSeconds(198));
    }

    @Test
    void neverSpins() {
        assertThat(pace(Duration.ZERO, null).untilNextLook(NOON, NOON)).isGreaterThanOrEqualTo(Duration.ofMillis(90));
    }

    @Test
    void keepsToAScheduleInTheFormOfUnixOrOfSpring() {
        assertThat(pace(Duration.ofDays(1), "0 2 * * *").untilNextLook(NOON, NOON))
                .isBetween(Duration.ofHours(14), Duration.ofHours(14).plusSeconds(10));
        assertThat(pace(Duration.ofDays(1), "0 30 12 * * *").untilNextLook(NOON, NOON))
                .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(30).plusSeconds(10));
    }

    @Test
    void looksForABatchThatIsLateUntilItComes() {
        Pace pace = pace(Duration.ofMinutes(1), "0 2 * * *");
        Instant two = NOON.plus(Duration.ofHours(14));
        pace.untilNextLook(NOON, NOON);

        assertThat(pace.untilNextLook(two, NOON)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(14));
        assertThat(pace.untilNextLook(two.plusSeconds(12), NOON))
                .isBetween(Duration.ofSeconds(21), Duration.ofSeconds(27));
        for (int look = 0; look < 30; look++) {
            assertThat(pace.untilNextLook(two.plusSeconds(60), NOON)).isLessThan(Duration.ofMinutes(17));
        }
        assertThat(pace.untilNextLook(two.plusSeconds(1200), two.plusSeconds(1100)))
                .isGreaterThan(Duration.ofHours(23));
    }

    @Test
    void fallsBackToThePaceWhereTheScheduleIsNoCronExpression() {
        assertThat(pace(Duration.ofSeconds(50), "every night").untilNextLook(NOON, NOON))
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
        pace.untilNextLook(NOON, NOON);
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
