package dev.vitrine.access.limit;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/// A request that was let in. Threads that work on the request may share it.
public final class Admission implements AutoCloseable {

    private final Limits limits;
    private final Account account;
    private final String product;
    private final BiConsumer<String, String> headers;
    private final int running;
    private final AtomicBoolean over = new AtomicBoolean();

    Admission(Limits limits, Account account, String product, BiConsumer<String, String> headers) {
        this.limits = limits;
        this.account = account;
        this.product = product;
        this.headers = headers;
        this.running = account.running().incrementAndGet();
    }

    /// Takes units of the caller's plan and of the product's total limit.
    ///
    /// @throws LimitExceeded if one of them leaves less
    public void charge(long units) {
        Taken taken = limits.take(account, units);
        tell(taken);
        if (!taken.granted()) {
            throw limits.exceeded(account.plan().windows(), taken, units);
        }
        limits.takeOfProduct(product, units);
    }

    /// Takes these units, or as many as there are left of them.
    public void settle(long units) {
        Taken taken = limits.take(account, units);
        if (!taken.granted()) {
            limits.take(account, taken.left(units));
        }
        limits.settleOfProduct(product, units);
    }

    /// As [#charge] for the first unit, and there must not be too many requests at the same time.
    void begin() {
        int most = account.plan().concurrent();
        if (most > 0 && running > most) {
            tell(limits.take(account, 0));
            throw limits.crowded();
        }
        charge(1);
    }

    private void tell(Taken taken) {
        Plan plan = account.plan();
        if (!plan.policy().isEmpty()) {
            headers.accept("RateLimit-Policy", plan.policy());
            headers.accept("RateLimit", plan.state(taken, running));
        }
    }

    /// The request is answered.
    @Override
    public void close() {
        if (over.compareAndSet(false, true)) {
            account.running().decrementAndGet();
        }
    }
}
