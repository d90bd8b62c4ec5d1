package dev.vitrine.store.cosmos.server;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// What goes wrong now. Threads may share it.
public final class Faults {

    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final Random random;

    Faults(long seed) {
        this.random = new Random(seed);
    }

    /// From now on it happens, until it has happened often enough or [#clear]; returned for its count.
    public Fault add(Fault fault) {
        faults.add(fault);
        return fault;
    }

    /// Nothing goes wrong any more.
    public void clear() {
        faults.clear();
    }

    Optional<Fault.Effect> next(Operation operation) {
        return faults.stream()
                .filter(fault -> fault.strikes(operation, random.nextDouble()))
                .findFirst()
                .map(Fault::effect);
    }
}
