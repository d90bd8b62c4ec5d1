package dev.vitrine.query;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What reads cost, and who hears of them. Threads may share it.
interface Toll {

    /// Nobody pays and nobody hears.
    Toll NONE = new Toll() {
        @Override
        public void charge(long units) {}

        @Override
        public void note(Opened read, @Nullable Set<String> fields, long rows, long bytes) {}
    };

    /// How many entities are asked for with one unit.
    int ENTITIES_OF_A_UNIT = 20;

    /// Units that so many entities cost.
    static long units(long entities) {
        return (entities + ENTITIES_OF_A_UNIT - 1) / ENTITIES_OF_A_UNIT;
    }

    /// Takes the cost of a read that is about to be made.
    ///
    /// @throws dev.vitrine.access.LimitExceeded if there is less left
    void charge(long units);

    /// Notes entities that stand in an answer beside those that were asked for.
    ///
    /// @param fields of them that are shown; null: all
    void note(Opened read, @Nullable Set<String> fields, long rows, long bytes);
}
