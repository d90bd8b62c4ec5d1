package dev.vitrine.sync;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.GoldTable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Runs a [TableThread] for every gold table that the contracts want, so that a slow or broken table keeps no other
/// waiting. Follows contracts that come, change and go, passes on orders, and keeps the leases.
final class SyncWorkers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SyncWorkers.class);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(2);
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);

    private final Contracts contracts;
    private final Workshop shop;
    private final Withdrawals withdrawals;
    private final String holder = "%d-%s".formatted(ProcessHandle.current().pid(), UUID.randomUUID());
    private final Map<String, TableThread> threads = new LinkedHashMap<>();
    private volatile Map<String, TableThread> known = Map.of();
    private volatile boolean running;
    private ScheduledExecutorService clockwork = Executors.newScheduledThreadPool(0);

    SyncWorkers(Contracts contracts, Workshop shop) {
        this.contracts = contracts;
        this.shop = shop;
        this.withdrawals = new Withdrawals(contracts, shop, holder);
    }

    @Override
    public void start() {
        running = true;
        clockwork = Executors.newScheduledThreadPool(
                3, Thread.ofPlatform().daemon().name("sync-", 0).factory());
        follow();
        every(LOOKS_EVERY, () -> {
            follow();
            passOnOrders();
        });
        every(LOOKS_EVERY, withdrawals::look);
        every(shop.properties().lease().dividedBy(3), () -> known.values().forEach(TableThread::renew));
    }

    /// Ends all workers and gives up their leases, also of those that take their time: the store refuses what they do
    /// once another process has taken over.
    @Override
    public void stop() {
        running = false;
        clockwork.shutdownNow();
        known.values().forEach(TableThread::interrupt);
        synchronized (threads) {
            threads.values().forEach(TableThread::interrupt);
            unended(threads).forEach((address, thread) -> {
                log.warn("{} is still busy and is left behind; nothing half done is served", address);
                thread.giveUp();
            });
            threads.clear();
            known = Map.of();
        }
    }

    /// Waits a moment for threads that were interrupted, all together; gives those that have not ended by then.
    private static Map<String, TableThread> unended(Map<String, TableThread> interrupted) {
        long deadline = System.nanoTime() + STOPS_WITHIN.toNanos();
        Map<String, TableThread> unended = new LinkedHashMap<>(interrupted);
        unended.values().removeIf(thread -> thread.endsWithin(Duration.ofNanos(deadline - System.nanoTime())));
        return unended;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// There may be a new commit or order for a table. Any thread.
    void call(String address) {
        TableThread thread = known.get(address);
        if (thread != null) {
            thread.call();
        }
    }

    /// Starts, replaces and ends threads as the contracts want it now.
    private void follow() {
        synchronized (threads) {
            Map<String, GoldTable> wanted = new LinkedHashMap<>();
            contracts.wanted().forEach(table -> wanted.put(table.address(), table));
            Map<String, TableThread> unwanted = new LinkedHashMap<>(threads);
            unwanted.entrySet().removeIf(entry -> entry.getValue().table().equals(wanted.get(entry.getKey())));
            unwanted.values().forEach(TableThread::interrupt);
            threads.keySet().removeAll(unwanted.keySet());
            // A thread that takes its time is waited for at the next look: two would share one lease.
            threads.putAll(unended(unwanted));
            if (running) {
                wanted.forEach((address, table) -> threads.computeIfAbsent(
                        address, absent -> new TableThread(table, () -> inForce(address), holder, shop)));
            }
            known = Map.copyOf(threads);
        }
    }

    private Optional<GoldTable> inForce(String address) {
        return contracts.tables().stream()
                .filter(table -> table.address().equals(address))
                .findFirst();
    }

    private void passOnOrders() {
        List<String> tables = shop.store().orders().pending().stream()
                .map(order -> order.table())
                .distinct()
                .toList();
        tables.forEach(this::call);
    }

    private void every(Duration period, Runnable work) {
        clockwork.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException | Error fails) {
                        // An exception would end the clockwork, and with it all that depends on it.
                        log.warn("What is done every {} failed and is tried again", period, fails);
                    }
                },
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
