package dev.vitrine.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Order;
import dev.vitrine.store.Order.Action;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus.Guard;
import dev.vitrine.store.SyncStatus.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes what operators and pipelines ask, in any process, and hands it to whichever worker holds the table.
///
/// @param caller wakes the worker of a table, if it is in this process
record Operations(Contracts contracts, EntityStore store, Consumer<String> caller) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long BETWEEN_LOOKS_MILLIS = 20;

    /// What came of it, for people and programs.
    ///
    /// @param status HTTP status: 200 done, 202 the worker has it, 4xx nothing was asked of it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(int status, String detail, @Nullable Placed order) {}

    /// An order as shown.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Placed(
            long id,
            Action action,
            @Nullable Long version,
            String by,
            Instant placed,
            @Nullable String outcome,
            @Nullable Instant doneAt) {

        static Placed of(Order order) {
            return new Placed(
                    order.id(),
                    order.action(),
                    order.version(),
                    order.by(),
                    order.placed(),
                    order.outcome(),
                    order.doneAt());
        }
    }

    /// The table at an address.
    Optional<StoredTable> table(String product, String name) {
        return gold(product, name).map(store::table);
    }

    /// Says that there may be a new commit.
    Answer announce(String product, String table, String by) {
        return gold(product, table)
                .map(gold -> {
                    Order order = store.orders().place(gold.address(), Action.ANNOUNCE, null, List.of(), by);
                    caller.accept(gold.address());
                    return new Answer(202, "the table is looked at now", Placed.of(order));
                })
                .orElseGet(() -> unknown(product, table));
    }

    /// Asks for a decision about what is held.
    ///
    /// @param version that the operator means; null: whatever is held now
    Answer decide(String product, String table, Action action, @Nullable Long version, String by) {
        Optional<StoredTable> stored = table(product, table);
        if (stored.isEmpty()) {
            return unknown(product, table);
        }
        Hold hold = stored.get().status().hold();
        if (hold == null) {
            return new Answer(409, "Nothing is held of %s/%s".formatted(product, table), null);
        }
        if (version != null && version != hold.version()) {
            return new Answer(409, "Version %d is held, not version %d".formatted(hold.version(), version), null);
        }
        if (hold.guard() == Guard.SCHEMA) {
            return new Answer(
                    409,
                    "%s. That cannot be released or rejected: mend the table or the contract".formatted(hold.reason()),
                    null);
        }
        return place(stored.get(), action, hold.version(), List.of(), by);
    }

    /// Asks for anything else.
    ///
    /// @param letters dead letters that it is about
    Answer ask(String product, String table, Action action, List<Long> letters, String by) {
        return table(product, table)
                .map(stored -> place(stored, action, null, letters, by))
                .orElseGet(() -> unknown(product, table));
    }

    /// The latest orders for a table, newest first.
    List<Placed> orders(StoredTable stored, int limit) {
        return store.orders().of(stored.table().address(), limit).stream()
                .map(Placed::of)
                .toList();
    }

    private Answer place(StoredTable stored, Action action, @Nullable Long version, List<Long> letters, String by) {
        String address = stored.table().address();
        Order order = store.orders().place(address, action, version, letters, by);
        caller.accept(address);
        Order latest = awaited(order);
        return latest.outcome() == null
                ? new Answer(202, "the worker has been asked; see GET /actuator/sync/" + address, Placed.of(latest))
                : new Answer(200, latest.outcome(), Placed.of(latest));
    }

    /// The order when it is done, or as it is when patience ends.
    private Order awaited(Order order) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Order latest = order;
        try {
            while (latest.outcome() == null && System.nanoTime() < deadline) {
                Thread.sleep(BETWEEN_LOOKS_MILLIS);
                latest = store.orders().order(order.id()).orElse(latest);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return latest;
    }

    private Optional<GoldTable> gold(String product, String name) {
        return contracts.tables().stream()
                .filter(table -> table.product().equals(product) && table.name().equals(name))
                .findFirst();
    }

    private Answer unknown(String product, String table) {
        List<String> known = contracts.tables().stream().map(GoldTable::address).toList();
        return new Answer(404, "There is no table %s/%s; there are %s".formatted(product, table, known), null);
    }
}
