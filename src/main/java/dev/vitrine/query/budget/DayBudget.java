package dev.vitrine.query.budget;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoreFailure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the store may charge in a day (UTC), and what it has charged. Requests ask nobody: it is looked up every few
/// seconds, so what comes in between is read beyond the budget. While it cannot be looked up, what was known last
/// counts. Shown as `vitrine.budget.*`. Threads may share it.
public final class DayBudget implements AutoCloseable {

    /// How the budget of the whole store is called among those of products.
    static final String STORE = "*";

    private static final Logger LOG = LoggerFactory.getLogger(DayBudget.class);

    private final EntityStore store;
    private final BudgetProperties properties;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Map<String, Long> budgets = new TreeMap<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("budget").factory());
    private volatile Charged charged;

    /// Nothing is looked up yet: see [#start].
    DayBudget(EntityStore store, BudgetProperties properties, MeterRegistry meters, InstantSource clock) {
        this.store = store;
        this.properties = properties;
        this.meters = meters;
        this.clock = clock;
        this.charged = new Charged(today(), Map.of());
        Long whole = properties.requestUnits();
        if (whole != null) {
            budgets.put(STORE, whole);
        }
        budgets.putAll(properties.products());
        budgets.keySet().forEach(this::register);
    }

    /// @param units by product, and of the whole store
    private record Charged(LocalDate day, Map<String, Double> units) {}

    /// How a budget stands.
    ///
    /// @param requestUnits that may be charged today
    /// @param charged so far
    record State(long requestUnits, double charged, boolean spent) {}

    /// Looks from now on.
    void start() {
        long millis = properties.lookEvery().toMillis();
        looking.scheduleWithFixedDelay(this::look, 0, Math.max(1, millis), TimeUnit.MILLISECONDS);
    }

    /// Looks up what was charged.
    void look() {
        try {
            LocalDate day = today();
            Map<String, Double> units = new TreeMap<>();
            store.chargedToday().forEach((address, charge) -> {
                units.merge(STORE, charge, Double::sum);
                units.merge(product(address), charge, Double::sum);
            });
            charged = new Charged(day, units);
        } catch (StoreFailure away) {
            LOG.debug("What the store charged cannot be looked up; what was known last counts", away);
        } catch (RuntimeException | Error fails) {
            // An exception would end the looking.
            LOG.warn("What the store charged cannot be looked up; it is tried again", fails);
        }
    }

    /// Whether only reads by key are answered of a product now: for how long; null: all are.
    public @Nullable Duration closedFor(String product) {
        if (!properties.pointReadsOnly() || !spent(STORE) && !spent(product)) {
            return null;
        }
        Instant now = clock.instant();
        Instant midnight = LocalDate.ofInstant(now, ZoneOffset.UTC)
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        return Duration.between(now, midnight);
    }

    /// Counts a request that was not answered for it.
    public void refused(String product) {
        meters.counter("vitrine.budget.refused", "product", product).increment();
    }

    /// How all budgets stand, by product.
    Map<String, State> states() {
        Map<String, State> states = new TreeMap<>();
        budgets.forEach((name, units) -> states.put(name, new State(units, chargedToday(name), spent(name))));
        return states;
    }

    private boolean spent(String name) {
        Long budget = budgets.get(name);
        return budget != null && chargedToday(name) >= budget;
    }

    private double chargedToday(String name) {
        Charged known = charged;
        return known.day.equals(today()) ? known.units.getOrDefault(name, 0.0) : 0;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /// Of `sales/dim_customer`; what is no table belongs to no product.
    private static String product(String address) {
        int slash = address.indexOf('/');
        return slash < 0 ? "" : address.substring(0, slash);
    }

    private void register(String name) {
        Gauge.builder("vitrine.budget.request.units", () -> budgets.get(name))
                .description("What the store may charge in a day")
                .baseUnit("RU")
                .tag("product", name)
                .register(meters);
        Gauge.builder("vitrine.budget.charged", () -> chargedToday(name))
                .description("What it has charged since midnight UTC")
                .baseUnit("RU")
                .tag("product", name)
                .register(meters);
        Gauge.builder("vitrine.budget.spent", () -> spent(name) ? 1 : 0)
                .description("Whether the budget of the day is spent")
                .tag("product", name)
                .register(meters);
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
