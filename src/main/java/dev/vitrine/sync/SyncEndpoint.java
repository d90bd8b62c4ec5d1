package dev.vitrine.sync;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vitrine.store.Order.Action;
import dev.vitrine.store.StoredTable;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/// `/actuator/sync`: the state of every table, and what can be done about it.
@Endpoint(id = "sync")
record SyncEndpoint(TableStates states, Operations operations) {

    private static final int ORDERS_SHOWN = 20;

    /// One table, with what was asked of it lately.
    record Detailed(@JsonUnwrapped TableState state, List<Operations.Placed> orders) {}

    /// By the table's address.
    @ReadOperation
    Map<String, TableState> tables() {
        return states.all();
    }

    /// One table.
    @ReadOperation
    Object table(@Selector String product, @Selector String table) {
        return states.withdrawn(product + "/" + table)
                .<Object>map(state -> state)
                .orElseGet(() -> {
                    StoredTable stored = operations.table(product, table);
                    return new Detailed(states.of(stored.table()), operations.orders(stored, ORDERS_SHOWN));
                });
    }

    /// A pipeline says that it has committed: the table is looked at now.
    @WriteOperation
    WebEndpointResponse<Operations.Answer> announce(
            @Selector String product, @Selector String table, SecurityContext caller) {
        return answer(operations.announce(product, table, name(caller)));
    }

    /// An operator decides.
    ///
    /// @param decision `release`, `reject` or `rebuild`: see [OrderRequests]
    /// @param version what is meant to be held; refused if it is another one by now
    @WriteOperation
    WebEndpointResponse<Operations.Answer> decide(
            @Selector String product,
            @Selector String table,
            @Selector Action decision,
            @Nullable Long version,
            SecurityContext caller) {
        String by = name(caller);
        return answer(
                decision == Action.REBUILD
                        ? operations.ask(product, table, decision, List.of(), by)
                        : operations.decide(product, table, decision, version, by));
    }

    static WebEndpointResponse<Operations.Answer> answer(Operations.Answer answer) {
        return new WebEndpointResponse<>(answer, answer.status());
    }

    static String name(SecurityContext caller) {
        Principal principal = caller.getPrincipal();
        return principal == null ? "unknown" : principal.getName();
    }
}
