package dev.vitrine.query;

import dev.vitrine.store.ReadBudget;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What queries may cost, and the key of their cursors.
///
/// @param secret of the cursors, shared by all processes behind one address; null: made and kept in the store
@ConfigurationProperties("vitrine")
record QueryProperties(
        @Nullable String secret, @DefaultValue Query query) {

    /// @param maxRows rows that one query may look at
    /// @param maxTime how long it may take
    record Query(
            @DefaultValue("100000") long maxRows,
            @DefaultValue("2s") Duration maxTime) {

        ReadBudget budget() {
            return new ReadBudget(maxRows, maxTime);
        }
    }
}
