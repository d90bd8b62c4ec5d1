package dev.vitrine.access.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.access.Caller;
import dev.vitrine.access.LimitExceeded;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/// Lets requests in as far as the plans of their callers and the total limits of products go. Threads may share it.
public final class Limits {

    private static final long MOST_ACCOUNTS = 100_000;
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final Plans plans;
    private final Quotas quotas;
    private final Map<String, List<Window>> products;
    private final MeterRegistry meters;
    private final Cache<String, Account> accounts =
            Caffeine.newBuilder().maximumSize(MOST_ACCOUNTS).build();

    /// Callers come back as the same objects until their token expires.
    private final Cache<Caller, Account> known =
            Caffeine.newBuilder().weakKeys().build();

    /// @param products total limits, by product
    Limits(Plans plans, Quotas quotas, Map<String, List<Window>> products, MeterRegistry meters) {
        this.plans = plans;
        this.quotas = quotas;
        this.products = Map.copyOf(products);
        this.meters = meters;
    }

    /// Lets a request in and takes its first unit; whoever asks closes the admission when the request is answered.
    ///
    /// @param headers take the fields of the answer that tell how the plan stands, also when the request is refused
    /// @throws LimitExceeded if it cannot be let in
    public Admission enter(Caller caller, String product, BiConsumer<String, String> headers) {
        Admission admission = new Admission(this, known.get(caller, this::account), product, headers);
        try {
            admission.begin();
            return admission;
        } catch (LimitExceeded refused) {
            admission.close();
            throw refused;
        }
    }

    private Account account(Caller caller) {
        Plan plan = plans.of(caller);
        String owner = String.join(
                "\n", plan.name(), String.valueOf(caller.claims().get("iss")), caller.client(), caller.subject());
        return accounts.get(owner, any -> new Account(owner, plan, new AtomicInteger()));
    }

    Taken take(Account account, long units) {
        return quotas.take(account.owner(), account.plan().windows(), units);
    }

    /// Takes units of what all callers of a product share.
    void takeOfProduct(String product, long units) {
        List<Window> windows = products.get(product);
        if (windows != null) {
            Taken taken = quotas.take("product\n" + product, windows, units);
            if (!taken.granted()) {
                throw exceeded(windows, taken, units);
            }
        }
    }

    /// The same, but no more than there is left.
    void settleOfProduct(String product, long units) {
        List<Window> windows = products.get(product);
        if (windows != null) {
            String owner = "product\n" + product;
            Taken taken = quotas.take(owner, windows, units);
            if (!taken.granted()) {
                quotas.take(owner, windows, taken.left(units));
            }
        }
    }

    LimitExceeded exceeded(List<Window> windows, Taken taken, long units) {
        return refused(taken.violated(windows, units), taken.until(windows, units));
    }

    LimitExceeded crowded() {
        return refused(List.of(Plan.CONCURRENT), A_MOMENT);
    }

    private LimitExceeded refused(List<String> policies, Duration retryAfter) {
        policies.forEach(policy ->
                meters.counter("vitrine.limits.refused", "policy", policy).increment());
        return new LimitExceeded(policies, retryAfter);
    }
}
