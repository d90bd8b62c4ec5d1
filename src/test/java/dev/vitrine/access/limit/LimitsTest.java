package dev.vitrine.access.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vitrine.access.AccessMisconfigured;
import dev.vitrine.access.Caller;
import dev.vitrine.access.LimitExceeded;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LimitsTest {

    private static final Map<String, Map<String, String>> PLANS = Map.of(
            "gold", Map.of("minute", "100/1m", "burst", "10/1s", "concurrent", "2"),
            "free", Map.of("day", "3/1d"),
            "open", Map.of());

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<String, String> headers = new HashMap<>();
    private long now = 1_000_000;
    private final Limits limits = limits(PLANS, "free", Map.of());

    @Test
    void tellsWhatThePlanAllowsAndWhatIsLeft() {
        enter(caller("ada", "gold")).close();

        assertThat(headers)
                .containsEntry(
                        "RateLimit-Policy",
                        "\"burst\";q=10;w=1, \"minute\";q=100;w=60, \"concurrent\";q=2;qu=\"concurrent-requests\"")
                .containsEntry("RateLimit", "\"burst\";r=9;t=1, \"minute\";r=99;t=60, \"concurrent\";r=1");

        now += 500;
        enter(caller("ada", "gold")).charge(4);

        assertThat(headers).containsEntry("RateLimit", "\"burst\";r=4;t=1, \"minute\";r=94;t=60, \"concurrent\";r=1");
    }

    @Test
    void refusesWhatIsTooMuchAndSaysUntilWhen() {
        Caller caller = caller("ada", "free");
        for (int i = 0; i < 3; i++) {
            enter(caller).close();
        }
        now += 1_500;

        LimitExceeded refused = catchThrowableOfType(LimitExceeded.class, () -> enter(caller));

        assertThat(refused.policies()).containsExactly("day");
        assertThat(refused.retryAfterSeconds()).isEqualTo(86_399);
        assertThat(headers).containsEntry("RateLimit", "\"day\";r=0;t=86399");
        assertThat(meters.counter("vitrine.limits.refused", "policy", "day").count())
                .isEqualTo(1);
        assertThat(enter(caller("bob", "free"))).isNotNull();
    }

    @Test
    void refusesWorkThatIsTooMuchBeforeItIsDoneAndTakesNothingForIt() {
        Admission admission = enter(caller("ada", "gold"));
        assertThatThrownBy(() -> admission.charge(10)).isInstanceOf(LimitExceeded.class);

        admission.charge(9);

        assertThat(headers.get("RateLimit")).startsWith("\"burst\";r=0;");
    }

    @Test
    void letsSoManyRequestsInAtTheSameTime() {
        Caller caller = caller("ada", "gold");
        Admission first = enter(caller);
        enter(caller);

        LimitExceeded refused = catchThrowableOfType(LimitExceeded.class, () -> enter(caller));
        assertThat(refused.policies()).containsExactly("concurrent");
        assertThat(refused.retryAfterSeconds()).isEqualTo(1);
        assertThat(headers.get("RateLimit")).startsWith("\"burst\";r=8;").endsWith("\"concurrent\";r=0");

        first.close();
        first.close();
        enter(caller);
        assertThatThrownBy(() -> enter(caller)).isInstanceOf(LimitExceeded.class);
    }

    @Test
    void aProductHasATotalForAllItsCallers() {
        Limits total = limits(PLANS, "gold", Map.of("sales", Map.of("second", "3/1s")));
        total.enter(caller("ada", null), "sales", headers::put).charge(1);
        total.enter(caller("bob", null), "sales", headers::put).close();

        LimitExceeded refused = catchThrowableOfType(
                LimitExceeded.class, () -> total.enter(caller("eve", null), "sales", headers::put));

        assertThat(refused.policies()).containsExactly("sales:second");
        total.enter(caller("eve", null), "stock", headers::put).close();
    }

    @ParameterizedTest
    @CsvSource({", free, open", "gold, gold, open", "nobody-configured-it, free, open"})
    void theClaimNamesThePlanUnlessTheConfigurationDoes(String claim, String plan, String configured) {
        Plans plans = new Plans(properties(PLANS, "free", Map.of("trusted-app", configured), Map.of()));

        assertThat(plans.of(caller("ada", claim)).name()).isEqualTo(plan);
        assertThat(plans.of(new Caller("ada", "trusted-app", Set.of(), Map.of("plan", "gold")))
                        .name())
                .isEqualTo(configured);
    }

    @Test
    void saysOnceThatATokenNamesAPlanThatNobodyConfigured(CapturedOutput output) {
        enter(caller("ada", "platinum")).close();
        enter(caller("bob", "platinum")).close();

        assertThat(output.toString()).containsOnlyOnce("names the plan platinum");
    }

    @Test
    void thereIsAPlanWithoutAnyConfiguration() {
        limits(Map.of(), Plans.STANDARD, Map.of()).enter(caller("ada", null), "sales", headers::put);

        assertThat(headers.get("RateLimit-Policy")).startsWith("\"burst\";q=1000;w=10, \"minute\";q=5000;w=60, ");
    }

    @Test
    void aPlanMayAllowEverything() {
        for (int i = 0; i < 10_000; i++) {
            enter(caller("ada", "open"));
        }
        assertThat(headers).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "minute, 100",
        "minute, 100/0s",
        "minute, 0/1m",
        "minute, 5/1fortnight",
        "minute, 5/500ms",
        "concurrent, many",
        "quo\"te, 5/1m"
    })
    void refusesLimitsThatCannotBeMeant(String name, String limit) {
        assertThatThrownBy(() -> limits(Map.of("odd", Map.of(name, limit)), Plans.STANDARD, Map.of()))
                .isInstanceOf(AccessMisconfigured.class)
                .hasMessageContaining("vitrine.limits.plans.odd." + name);
    }

    @Test
    void refusesPlansThatAreNotThere() {
        assertThatThrownBy(() -> limits(PLANS, "platinum", Map.of())).isInstanceOf(AccessMisconfigured.class);
        assertThatThrownBy(() -> new Plans(properties(PLANS, "free", Map.of("app", "platinum"), Map.of())))
                .isInstanceOf(AccessMisconfigured.class)
                .hasMessageContaining("vitrine.limits.clients.app");
    }

    @Test
    void anAddressIsStoppedAfterSoManyBadRequests() {
        AddressLimit addresses = new AddressLimit(new LocalQuotas(() -> now), Window.parse("key", "address", "3/1m"));
        for (String address : List.of("203.0.113.7", "2001:db8:1:2::1", "not an address: at all")) {
            for (int i = 0; i < 3; i++) {
                addresses.count(address);
            }
            assertThatThrownBy(() -> addresses.count(address)).isInstanceOf(LimitExceeded.class);
        }
        assertThatThrownBy(() -> addresses.count("2001:db8:1:2:ffff::9")).isInstanceOf(LimitExceeded.class);
        addresses.count("2001:db8:1:3::1");
        addresses.count("203.0.113.8");
    }

    private Admission enter(Caller caller) {
        return limits.enter(caller, "sales", headers::put);
    }

    private static Caller caller(String subject, @Nullable String plan) {
        return new Caller(subject, "app", Set.of(), plan == null ? Map.of() : Map.of("plan", plan));
    }

    private Limits limits(
            Map<String, Map<String, String>> plans, String standard, Map<String, Map<String, String>> products) {
        LimitProperties properties = properties(plans, standard, Map.of(), products);
        return new LimitConfiguration().limits(properties, new LocalQuotas(() -> now), meters);
    }

    private static LimitProperties properties(
            Map<String, Map<String, String>> plans,
            String standard,
            Map<String, String> clients,
            Map<String, Map<String, String>> products) {
        return new LimitProperties(LimitProperties.Kind.LOCAL, "plan", standard, clients, plans, products, "600/1m");
    }
}
