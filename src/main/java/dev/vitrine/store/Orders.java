package dev.vitrine.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What operators ask of the workers, kept until it is done, and for a while after, to be seen. Threads may share it.
public interface Orders {

    /// Keeps an order; one that equals a pending one (table, action, version, letters) is that one.
    Order place(String table, Order.Action action, @Nullable Long version, List<Long> letters, String by);

    /// All that are not done, oldest first: one cheap query for all tables.
    List<Order> pending();

    /// Of one table, newest first, done ones too: the last hundred of those are kept.
    List<Order> of(String table, int limit);

    /// Empty if there never was one or it is forgotten.
    Optional<Order> order(long id);

    /// Says what came of a pending order; one that is done or forgotten stays as it is.
    void done(long id, String outcome);
}
