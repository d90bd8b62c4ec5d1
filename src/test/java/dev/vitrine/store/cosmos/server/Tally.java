package dev.vitrine.store.cosmos.server;

import java.util.EnumMap;
import java.util.Map;

/// Counts requests and adds up their charges. Threads may share it.
final class Tally {

    private record Sum(long requests, double charge) {}

    private final Map<Operation, Sum> sums = new EnumMap<>(Operation.class);

    synchronized void add(Operation operation, double charge) {
        sums.merge(
                operation,
                new Sum(1, charge),
                (before, one) -> new Sum(before.requests + one.requests, before.charge + one.charge));
    }

    synchronized long requests(Operation operation) {
        Sum sum = sums.get(operation);
        return sum == null ? 0 : sum.requests;
    }

    synchronized double charge(Operation operation) {
        Sum sum = sums.get(operation);
        return sum == null ? 0 : sum.charge;
    }
}
