package dev.vitrine.query.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.AccessMisconfigured;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoreFailure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DayBudgetTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-01-06T23:00:00Z");
    private Map<String, Double> charged = Map.of();
    private boolean away;

    @Test
    void aProductIsClosedUntilMidnightOnceItsUnitsAreSpent() {
        DayBudget budget = budget(null, Map.of("sales", 100L), true);
        charged = Map.of("sales/customers", 60.0, "sales/orders", 39.0, "stock/parts", 500.0, "control", 7.0);
        budget.look();
        assertThat(budget.closedFor("sales")).isNull();

        charged = Map.of("sales/customers", 60.0, "sales/orders", 40.0);
        budget.look();

        assertThat(budget.closedFor("sales")).isEqualTo(Duration.ofHours(1));
        assertThat(budget.closedFor("stock")).isNull();
        assertThat(budget.states()).containsOnly(Map.entry("sales", new DayBudget.State(100, 100.0, true)));
        assertThat(meters.get("vitrine.budget.spent")
                        .tag("product", "sales")
                        .gauge()
                        .value())
                .isEqualTo(1);

        now = Instant.parse("2026-01-07T00:00:00Z");
        assertThat(budget.closedFor("sales"))
                .as("yesterday's units are nobody's today")
                .isNull();
    }

    @Test
    void theStoresOwnUnitsCloseAllProductsWhateverTheyWereFor() {
        DayBudget budget = budget(100L, Map.of("sales", 1_000L), true);
        charged = Map.of("control", 60.0, "stock/parts", 40.0);
        budget.look();

        assertThat(budget.closedFor("sales")).isNotNull();
        assertThat(budget.closedFor("stock")).isNotNull();
    }

    @Test
    void whatWasKnownLastCountsWhileTheStoreIsAway() {
        DayBudget budget = budget(null, Map.of("sales", 100L), true);
        charged = Map.of("sales/customers", 100.0);
        budget.look();
        away = true;
        budget.look();

        assertThat(budget.closedFor("sales")).isNotNull();
    }

    @Test
    void isOnlyShownUnlessReadsAreToStop() {
        DayBudget budget = budget(null, Map.of("sales", 100L), false);
        charged = Map.of("sales/customers", 150.0);
        budget.look();

        assertThat(budget.closedFor("sales")).isNull();
        assertThat(new BudgetHealth(budget).health().getStatus().getCode()).isEqualTo("DEGRADED");
    }

    @Test
    void aBudgetThatCannotBeMeantIsRefused() {
        assertThatThrownBy(() -> budget(0L, Map.of(), true))
                .isInstanceOf(AccessMisconfigured.class)
                .hasMessage("vitrine.budget.request-units is 0.");
        assertThatThrownBy(() -> budget(null, Map.of("sales", -1L), true))
                .hasMessage("vitrine.budget.products.sales is -1.");
        assertThatThrownBy(() -> budget(null, Map.of(), true))
                .hasMessage("vitrine.budget is configured, but holds no budget.");
    }

    private DayBudget budget(@Nullable Long whole, Map<String, Long> products, boolean pointReadsOnly) {
        EntityStore store = (EntityStore) Proxy.newProxyInstance(
                EntityStore.class.getClassLoader(), new Class<?>[] {EntityStore.class}, (self, method, arguments) -> {
                    if (away) {
                        throw new StoreFailure("away");
                    }
                    return charged;
                });
        return new DayBudget(
                store, new BudgetProperties(whole, products, pointReadsOnly, Duration.ofSeconds(5)), meters, () -> now);
    }
}
