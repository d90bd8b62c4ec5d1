package dev.vitrine.query;

import dev.vitrine.contract.Relation;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What is answered of each entity, checked.
///
/// @param selected names of its own fields; null: all that are shown
record Wanted(@Nullable Set<String> selected, List<Expansion> expansions) {

    /// All that is shown, without relations.
    static final Wanted ALL = new Wanted(null, List.of());

    /// How many entities of a relation to many stand in an answer; the others are on further pages.
    static final int PAGE = 20;

    Wanted {
        selected = selected == null ? null : Set.copyOf(selected);
        expansions = List.copyOf(expansions);
    }

    /// How many related entities there can be at most for that many entities, theirs included.
    long related(long entities) {
        long sum = 0;
        for (Expansion expansion : expansions) {
            long there = entities * (expansion.relation().toMany() ? PAGE : 1);
            sum += there + expansion.wanted().related(there);
        }
        return sum;
    }

    /// Related entities inside the answer.
    ///
    /// @param wanted of the entities there
    record Expansion(Relation relation, Opened target, Wanted wanted) {

        /// The entity with what is there as its last member.
        ///
        /// @param entity a JSON object
        /// @param value JSON too
        byte[] addedTo(byte[] entity, byte[] value) {
            ByteArrayOutputStream all = new ByteArrayOutputStream(entity.length + value.length + 32);
            all.write(entity, 0, entity.length - 1);
            if (entity.length > "{}".length()) {
                all.write(',');
            }
            all.writeBytes(JsonMapper.shared().writeValueAsBytes(relation.name()));
            all.write(':');
            all.writeBytes(value);
            all.write('}');
            return all.toByteArray();
        }
    }
}
