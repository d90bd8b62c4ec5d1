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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/// Takes what operators and pipelines ask, in any process, and hands it to whichever worker holds the table.
///
/// @param caller wakes the worker of a table, if it is in this process
record Operations(Contracts contracts, EntityStore store, Consumer<String> caller) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long BETWEEN_LOOKS_MILLIS = 20;

    /// What came of it, for people and programs.
    ///
    /// @param status HTTP status: 200 done, 202 the worker has it
    record Answer(int status, String detail, Placed order) {}

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
    ///
    /// @throws ResponseStatusException if there is none
    StoredTable table(String product, String name) {
        return store.table(gold(product, name));
    }

    /// Says that there may be a new commit.
    ///
    /// @throws ResponseStatusException as above
    Answer announce(String product, String table, String by) {
        String address = gold(product, table).address();
        Order order = store.orders().place(address, Action.ANNOUNCE, null, List.of(), by);
        caller.accept(address);
        return new Answer(202, "the table is looked at now", Placed.of(order));
    }

    /// Asks for a decision about what is held.
    ///
    /// @param version that the operator means; null: whatever is held now
    /// @throws ResponseStatusException as above, or if there is nothing like that to decide
    Answer decide(String product, String table, Action action, @Nullable Long version, String by) {
        StoredTable stored = table(product, table);
        Hold hold = stored.status().hold();
        if (hold == null) {
            throw conflict("Nothing is held of %s/%s".formatted(product, table));
        }
        if (version != null && version != hold.version()) {
            throw conflict("Version %d is held, not version %d".formatted(hold.version(), version));
        }
        if (hold.guard() == Guard.SCHEMA) {
            throw conflict(
                    "%s. That cannot be released or rejected: mend the table or the contract".formatted(hold.reason()));
        }
        return place(stored, action, hold.version(), List.of(), by);
    }

    /// Asks for anything else.
    ///
    /// @param letters dead letters that it is about
    /// @throws ResponseStatusException if there is no such table
    Answer ask(String product, String table, Action action, List<Long> letters, String by) {
        return place(table(product, table), action, null, letters, by);
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

    private GoldTable gold(String product, String name) {
        List<GoldTable> known = contracts.tables();
        return known.stream()
                .filter(table -> table.product().equals(product) && table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND,
                        "There is no table %s/%s. %s"
                                .formatted(
                                        product,
                                        name,
                                        known.isEmpty()
                                                ? "No contract names any"
                                                : "The contracts name "
                                                        + known.stream()
                                                                .map(GoldTable::address)
                                                                .collect(Collectors.joining(", ")))));
    }

    private static ResponseStatusException conflict(String detail) {
        return new ResponseStatusException(HttpStatus.CONFLICT, detail);
    }
}
