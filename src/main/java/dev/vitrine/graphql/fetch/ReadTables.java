package dev.vitrine.graphql.fetch;

import dev.vitrine.entity.Revision;
import java.util.Map;
import java.util.TreeMap;

/// Which state of which entity collection an answer shows. One request, any threads.
final class ReadTables {

    private final Map<String, Revision> oldest = new TreeMap<>();

    /// Between two reads of a table it may move on: the answer is as old as the older one.
    synchronized void note(String entity, Revision asOf) {
        oldest.merge(entity, asOf, (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }

    synchronized Map<String, Revision> all() {
        return new TreeMap<>(oldest);
    }
}
