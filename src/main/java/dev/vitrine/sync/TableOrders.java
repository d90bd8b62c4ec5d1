package dev.vitrine.sync;

import dev.vitrine.store.Order;
import dev.vitrine.store.Order.Action;
import dev.vitrine.store.Orders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// The orders for one table that are not done yet. The store is asked again only when somebody says that there may be
/// new ones; that may be any thread, the rest is for the worker's.
final class TableOrders {

    private final String table;
    private final Orders orders;
    private final AtomicBoolean news = new AtomicBoolean(true);
    private final List<Order> pending = new ArrayList<>();

    TableOrders(String table, Orders orders) {
        this.table = table;
        this.orders = orders;
    }

    /// There may be new orders.
    void called() {
        news.set(true);
    }

    /// Reads what is new.
    void refresh() {
        if (news.getAndSet(false)) {
            pending.clear();
            orders.pending().stream()
                    .filter(order -> order.table().equals(table))
                    .forEach(pending::add);
        }
    }

    /// Those of one kind, oldest first.
    List<Order> of(Action action) {
        return pending.stream().filter(order -> order.action() == action).toList();
    }

    boolean any(Action action) {
        return pending.stream().anyMatch(order -> order.action() == action);
    }

    /// What is decided about held commits.
    Decisions decisions() {
        return new Decisions(true, versions(Action.RELEASE), versions(Action.REJECT));
    }

    /// Whoever did this is carrying these out: they are pending again once somebody calls.
    void setAside(List<Order> taken) {
        pending.removeAll(taken);
    }

    void done(Order order, String outcome) {
        orders.done(order.id(), outcome);
        pending.remove(order);
    }

    void done(Action action, String outcome) {
        of(action).forEach(order -> done(order, outcome));
    }

    /// Every commit up to this version is dealt with, so decisions about them have had their effect.
    void reached(long version) {
        List<Order> past = pending.stream()
                .filter(order -> order.action() == Action.RELEASE || order.action() == Action.REJECT)
                .filter(order -> order.version() != null && order.version() <= version)
                .toList();
        for (Order order : past) {
            done(
                    order,
                    order.action() == Action.RELEASE
                            ? "version %d is served".formatted(order.version())
                            : "version %d was left out; what is served diverges since".formatted(order.version()));
        }
    }

    private Set<Long> versions(Action action) {
        Set<Long> versions = new HashSet<>();
        for (Order order : of(action)) {
            Long version = order.version();
            if (version != null) {
                versions.add(version);
            }
        }
        return versions;
    }
}
