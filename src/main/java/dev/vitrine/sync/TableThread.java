package dev.vitrine.sync;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.Lease;
import dev.vitrine.store.Leases;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.WriterBusy;
import dev.vitrine.store.WriterFenced;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// The thread of one table: waits for the table's lease, and runs a [TableWorker] while it is held.
final class TableThread {

    private static final Logger log = LoggerFactory.getLogger(TableThread.class);
    /// After the end of somebody's lease; clocks and writes take a moment.
    private static final Duration MARGIN = Duration.ofMillis(20);

    private final GoldTable table;
    private final Supplier<Optional<GoldTable>> inForce;
    private final Workshop shop;
    private final Leases leases;
    private final String holder;
    private final Duration term;
    private final Semaphore calls = new Semaphore(0);
    private final AtomicReference<@Nullable Lease> lease = new AtomicReference<>();
    private @Nullable Lease other;
    private String told = "";
    private final Thread thread;
    private volatile boolean running = true;
    private volatile @Nullable TableWorker worker;

    /// Starts the thread.
    ///
    /// @param inForce the form of the table that readers see
    /// @param holder this process
    TableThread(GoldTable table, Supplier<Optional<GoldTable>> inForce, String holder, Workshop shop) {
        this.table = table;
        this.inForce = inForce;
        this.shop = shop;
        this.leases = shop.store().leases();
        this.holder = holder;
        this.term = shop.properties().lease();
        this.thread =
                Thread.ofPlatform().daemon().name("sync-" + table.address()).start(this::run);
    }

    GoldTable table() {
        return table;
    }

    /// There may be a new commit or order: the worker looks now instead of resting on. Any thread.
    void call() {
        TableWorker working = worker;
        if (working != null) {
            working.called();
        }
        calls.release();
    }

    /// Prolongs the lease, if it is held. Any thread.
    void renew() {
        Lease held = lease.get();
        if (held != null) {
            lease.compareAndSet(held, leases.renew(held, term).orElse(null));
        }
    }

    /// Tells the thread to end, also in the middle of a rebuild, which is gone on with later.
    void interrupt() {
        running = false;
        thread.interrupt();
    }

    /// Whether the thread ends within that time; the lease is given up then.
    boolean endsWithin(Duration patience) {
        try {
            return thread.join(patience.isPositive() ? patience : Duration.ofNanos(1));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        Pace pace = new Pace(table, shop.properties());
        try {
            while (running) {
                try {
                    Optional<Lease> taken = leases.acquire(table.address(), holder, term);
                    if (taken.isPresent()) {
                        lease.set(taken.get());
                        work(taken.get());
                    } else {
                        rest(untilFree());
                    }
                } catch (WriterBusy locked) {
                    waitForWriter();
                } catch (RuntimeException | Error storeFails) {
                    if (!running) {
                        break;
                    }
                    log.error("{}: its state cannot be kept; it is tried again", table.address(), storeFails);
                    rest(pace.untilRetry());
                }
            }
        } catch (InterruptedException stopped) {
            log.debug("{}: stopped", table.address());
        }
        giveUp();
    }

    private void work(Lease taken) throws InterruptedException {
        try (TableWorker working = new TableWorker(table, inForce, taken.token(), shop)) {
            worker = working;
            told = "";
            while (running && lease.get() != null) {
                rest(working.step());
            }
        } catch (WriterFenced takenOver) {
            log.info("{}: {}", table.address(), takenOver.getMessage());
            lease.set(null);
        } finally {
            worker = null;
        }
    }

    /// How long to wait for a table that another process moves.
    private Duration untilFree() {
        Duration third = term.dividedBy(3);
        Lease current = leases.current(table.address()).orElse(null);
        if (current == null) {
            return MARGIN;
        }
        other = current;
        if (TableStates.isSilent(current, term, shop.clock().instant())) {
            tell(Level.WARN, TableStates.awaiting(current));
        } else {
            tell(Level.INFO, "process %s moves it; this one stands by".formatted(current.holder()));
        }
        Duration left =
                Duration.between(shop.clock().instant(), current.until()).plus(MARGIN);
        return left.compareTo(third) >= 0 ? third : left.isPositive() ? left : MARGIN;
    }

    /// The lease is had, but the file of the table is locked. That is told in the name of this process: what the other
    /// one said last is not true any more.
    private void waitForWriter() throws InterruptedException {
        Lease held = lease.get();
        if (held != null) {
            String before = other == null ? "the process before" : "process " + other.holder();
            String message =
                    "waiting for %s, which was stopped, or is slow, in the middle of a write and keeps the table's file locked: let it go on, or end it"
                            .formatted(before);
            tell(Level.WARN, message);
            StoredTable stored = shop.store().table(table);
            stored.report(stored.status().waiting(message, shop.clock().instant()), held.token());
        }
        rest(MARGIN);
    }

    /// Says something in the log, once.
    private void tell(Level level, String message) {
        if (!message.equals(told)) {
            told = message;
            log.atLevel(level).log("{}: {}", table.address(), message);
        }
    }

    private void rest(Duration rest) throws InterruptedException {
        if (calls.tryAcquire(rest.toNanos(), TimeUnit.NANOSECONDS)) {
            calls.drainPermits();
        }
    }

    /// Lets another process take over at once. Any thread.
    void giveUp() {
        Lease held = lease.getAndSet(null);
        if (held != null) {
            try {
                leases.release(held);
            } catch (RuntimeException storeFails) {
                log.warn("{}: its lease cannot be given up and runs out by itself", table.address(), storeFails);
            }
        }
    }
}
