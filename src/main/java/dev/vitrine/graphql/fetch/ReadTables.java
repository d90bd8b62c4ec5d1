package dev.vitrine.graphql.fetch;

import dev.vitrine.query.AsOf;
import java.util.Map;
import java.util.TreeMap;

/// Which state of which entity collection an answer shows. One request, any threads.
final class ReadTables {

    private final Map<String, AsOf> oldest = new TreeMap<>();

    /// Between two reads of a table it may move on: the answer is as old as the older one.
    synchronized void note(String entity, AsOf asOf) {
        oldest.merge(entity, asOf, (one, other) -> one.revision().compareTo(other.revision()) <= 0 ? one : other);
    }

    synchronized Map<String, AsOf> all() {
        return new TreeMap<>(oldest);
    }
}
