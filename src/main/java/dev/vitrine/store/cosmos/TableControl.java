package dev.vitrine.store.cosmos;

import com.azure.cosmos.models.CosmosPatchOperations;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.WriterFenced;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The control item of one table, as this process has seen it last. Every change of it is made by the service in one
/// step
/// and on the condition that no newer token was seen; writers of one token change different parts. Threads may share
/// it.
final class TableControl {

    private final ControlContainer control;
    private final String address;
    private final String id;
    private final long maxAge;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile @Nullable Seen seen;

    private record Seen(TableState state, long at) {}

    /// @param maxAge how old a state may be that readers are given
    TableControl(ControlContainer control, String address, Duration maxAge) {
        this.control = control.forEntity(address);
        this.address = address;
        this.id = Ids.ofName("table", address);
        this.maxAge = maxAge.toNanos();
    }

    String address() {
        return address;
    }

    /// What readers go by; null: nobody ever wrote to the table. One of them looks it up while the others go on.
    @Nullable
    TableState state() {
        Seen known = seen;
        long age = known == null ? Long.MAX_VALUE : System.nanoTime() - known.at;
        if (known == null || age >= maxAge) {
            return looked(control::readNow);
        }
        if (age < maxAge / 2 || !looking.compareAndSet(false, true)) {
            return known.state;
        }
        try {
            return looked(control::readNow);
        } finally {
            looking.set(false);
        }
    }

    /// The same, looked up now.
    @Nullable
    TableState fresh() {
        return looked(control::read);
    }

    private @Nullable TableState looked(BiFunction<String, String, Optional<ControlContainer.Versioned>> look) {
        long at = System.nanoTime();
        Optional<ControlContainer.Versioned> found = look.apply(id, id);
        if (found.isEmpty()) {
            seen = null;
            return null;
        }
        return keep(TableState.of(found.get().item()), at);
    }

    /// Of two answers that come in either order the newer one counts.
    private synchronized TableState keep(TableState state, long at) {
        Seen known = seen;
        TableState newer = known != null && known.state.stamp() > state.stamp() ? known.state : state;
        seen = new Seen(newer, at);
        return newer;
    }

    /// From now on every older token is refused.
    ///
    /// @throws WriterFenced if a newer one was seen
    TableState raise(long token) {
        while (true) {
            Optional<ControlContainer.Versioned> found = control.read(id, id);
            if (found.isEmpty()) {
                control.create(TableState.first(id, address));
            } else {
                TableState state = TableState.of(found.get().item());
                if (state.token() > token) {
                    throw new WriterFenced(address, token, state.token());
                }
                if (state.token() == token && found.get().item().hasNonNull("address")
                        || control.replace(
                                found.get()
                                        .item()
                                        .put("token", String.valueOf(token))
                                        .put("address", address)
                                        .put("stamp", state.stamp() + 1),
                                found.get().etag())) {
                    return required(token);
                }
            }
        }
    }

    /// The state for a writer.
    ///
    /// @throws WriterFenced if a newer token was seen
    TableState required(long token) {
        TableState state = fresh();
        if (state == null) {
            throw new StoreFailure("the control item of " + address + " was removed");
        }
        if (state.token() > token) {
            throw new WriterFenced(address, token, state.token());
        }
        return state;
    }

    TableState change(long token, CosmosPatchOperations changes) {
        return change(token, changes, "");
    }

    /// Changes parts of the state.
    ///
    /// @param changes that come to the same if they are made twice
    /// @param condition `AND …`: more than the token that has to hold; it does as long as only this writer changes it
    /// @throws WriterFenced if a newer token was seen
    TableState change(long token, CosmosPatchOperations changes, String condition) {
        long at = System.nanoTime();
        String where = "FROM c WHERE c.token = '%d' %s".formatted(token, condition);
        Optional<ControlContainer.Versioned> changed = control.patch(id, id, changes.increment("/stamp", 1L), where);
        if (changed.isEmpty()) {
            required(token);
            throw new StoreFailure("the control item of %s was changed by another writer with the same token: %s"
                    .formatted(address, condition));
        }
        return keep(TableState.of(changed.get().item()), at);
    }

    /// Takes everything out of service and drops it; returns whether all is gone.
    ///
    /// @throws WriterFenced if a newer token was seen
    boolean erase(long token, Containers containers) {
        if (control.read(id, id).isEmpty()) {
            return true;
        }
        List<TableState.Retired> all =
                containers(raise(token), containers.clock().instant());
        change(
                token,
                CosmosPatchOperations.create()
                        .set("/served", NullNode.instance)
                        .set("/building", NullNode.instance)
                        .set("/retired", TableState.json(all)));
        List<TableState.Retired> left = all.stream()
                .filter(one -> !containers.drop(one.container(), address))
                .toList();
        // the item stays: by its token older writers are refused, and no generation or letter has the number of another
        CosmosPatchOperations rest = CosmosPatchOperations.create().set("/retired", TableState.json(left));
        if (left.isEmpty()) {
            rest.set("/status", NullNode.instance)
                    .set("/withdrawn", NullNode.instance)
                    .set("/address", NullNode.instance);
        }
        change(token, rest);
        return left.isEmpty();
    }

    private static List<TableState.Retired> containers(TableState state, Instant now) {
        List<TableState.Retired> all = new ArrayList<>(state.retired());
        Generation served = state.served();
        if (served != null) {
            all.add(new TableState.Retired(served.container(), now));
        }
        Building building = state.building();
        if (building != null) {
            all.add(new TableState.Retired(building.generation().container(), now));
        }
        return all;
    }

    /// Ids for letters that none ever had.
    ///
    /// @return the first of them
    long letters(long token, int count) {
        // ids may be lost where the answer is lost: they only have to grow
        return change(token, CosmosPatchOperations.create().increment("/lastLetter", (long) count))
                        .lastLetter()
                - count
                + 1;
    }
}
