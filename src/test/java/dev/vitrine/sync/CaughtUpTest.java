package dev.vitrine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.SyncStatus.State;
import dev.vitrine.store.embedded.EmbeddedStores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class CaughtUpTest {

    private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");

    private final GoldTable customers = GoldTables.of("sales", "customers");
    private final GoldTable orders = GoldTables.of("sales", "orders");
    private final Contracts contracts = new Tables(List.of(customers, orders));
    private final Set<GoldTable> loading = new HashSet<>(Set.of(customers, orders));
    private final CaughtUp caughtUp = new CaughtUp(contracts, loading::contains);

    @TempDir
    Path folder;

    @Test
    void waitsForEveryTableAndSaysForWhich() {
        loading.remove(customers);

        Health health = caughtUp.health();

        assertThat(health.getStatus()).isEqualTo(CaughtUp.LOADING);
        assertThat(health.getDetails()).containsEntry("tables", List.of("sales/orders"));
    }

    @Test
    void isUpFromThenOn() {
        loading.clear();
        assertThat(caughtUp.health().getStatus()).isEqualTo(Status.UP);

        loading.add(orders);

        assertThat(caughtUp.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void waitsForATableOfWhichNothingIsKnownYetWhereItIsServed() {
        try (var store = EmbeddedStores.open(folder)) {
            assertThat(status(new CaughtUp(contracts, store, List.of()))).isEqualTo(CaughtUp.LOADING);
            assertThat(status(new CaughtUp(contracts, store, List.of("serve", "sync"))))
                    .isEqualTo(CaughtUp.LOADING);
            assertThat(status(new CaughtUp(contracts, store, List.of("sync")))).isEqualTo(Status.UP);
        }
    }

    @Test
    void waitsNoLongerForATableThatIsOutOfReach() {
        for (State broken : List.of(State.WAITING, State.HELD, State.FAILED)) {
            assertThat(CaughtUp.awaited(broken, START.plusSeconds(1), START, START.plusSeconds(2)))
                    .isFalse();
            assertThat(CaughtUp.awaited(broken, START.minusSeconds(9), START, START.plusSeconds(2)))
                    .as("a worker that has just started too may mend it")
                    .isTrue();
            assertThat(CaughtUp.awaited(broken, START.minusSeconds(9), START, START.plusSeconds(60)))
                    .isFalse();
        }
        for (State working : List.of(State.UNKNOWN, State.REBUILDING, State.FOLLOWING)) {
            assertThat(CaughtUp.awaited(working, START.minusSeconds(9), START, START.plusSeconds(600)))
                    .isTrue();
        }
    }

    private static Status status(CaughtUp caughtUp) {
        return caughtUp.health().getStatus();
    }

    private record Tables(List<GoldTable> tables) implements Contracts {

        @Override
        public List<DataProduct> products() {
            return List.of();
        }
    }
}
