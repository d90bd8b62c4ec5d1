package dev.vitrine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.store.Order.Action;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store promises about orders.
public abstract class OrdersContract {

    private final TestClock clock = new TestClock();
    private EntityStore store;
    private Orders orders;

    /// As in [StoreFixture#open].
    protected abstract EntityStore open(Clock clock) throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open(clock);
        orders = store.orders();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void anOrderIsPendingUntilItIsDone() {
        Order placed = orders.place("shop/things", Action.RELEASE, 7L, List.of(), "mary");
        assertThat(placed)
                .isEqualTo(new Order(
                        placed.id(),
                        "shop/things",
                        Action.RELEASE,
                        7L,
                        List.of(),
                        "mary",
                        clock.instant(),
                        null,
                        null));
        assertThat(orders.pending()).containsExactly(placed);
        clock.pass(Duration.ofSeconds(5));
        orders.done(placed.id(), "released");
        assertThat(orders.pending()).isEmpty();
        Order done = orders.order(placed.id()).orElseThrow();
        assertThat(done.outcome()).isEqualTo("released");
        assertThat(done.doneAt()).isEqualTo(clock.instant());
        orders.done(placed.id(), "again");
        assertThat(orders.order(placed.id())).contains(done);
    }

    @Test
    void anOrderThatEqualsAPendingOneIsThatOne() {
        Order first = orders.place("shop/things", Action.REPLAY, null, List.of(1L, 2L), "mary");
        assertThat(orders.place("shop/things", Action.REPLAY, null, List.of(1L, 2L), "john"))
                .isEqualTo(first);
        assertThat(orders.place("shop/things", Action.REPLAY, null, List.of(1L), "mary"))
                .isNotEqualTo(first);
        assertThat(orders.place("shop/others", Action.REPLAY, null, List.of(1L, 2L), "mary"))
                .isNotEqualTo(first);
        assertThat(orders.place("shop/things", Action.DISMISS, null, List.of(1L, 2L), "mary"))
                .isNotEqualTo(first);
        assertThat(orders.place("shop/things", Action.REPLAY, 3L, List.of(1L, 2L), "mary"))
                .isNotEqualTo(first);
        orders.done(first.id(), "done");
        Order second = orders.place("shop/things", Action.REPLAY, null, List.of(1L, 2L), "mary");
        assertThat(second.id()).isGreaterThan(first.id());
        assertThat(orders.pending().getLast()).isEqualTo(second);
    }

    @Test
    void theLastHundredDoneOrdersOfEachTableAreKept() {
        Order other = orders.place("shop/others", Action.ANNOUNCE, null, List.of(), "mary");
        orders.done(other.id(), "done");
        Order pending = orders.place("shop/things", Action.REBUILD, null, List.of(), "mary");
        Order first = orders.place("shop/things", Action.ANNOUNCE, 0L, List.of(), "mary");
        orders.done(first.id(), "done");
        for (long version = 1; version <= 100; version++) {
            assertThat(orders.order(first.id())).isPresent();
            orders.done(
                    orders.place("shop/things", Action.ANNOUNCE, version, List.of(), "mary")
                            .id(),
                    "done");
        }
        assertThat(orders.order(first.id())).isEmpty();
        assertThat(orders.of("shop/things", 1000)).hasSize(101).last().isEqualTo(pending);
        assertThat(orders.of("shop/things", 3)).extracting(Order::version).containsExactly(100L, 99L, 98L);
        assertThat(orders.of("shop/others", 10)).hasSize(1);
    }

    @Test
    void anotherProcessSeesThem() throws Exception {
        try (EntityStore other = open(clock)) {
            Order placed = other.orders().place("shop/things", Action.ANNOUNCE, null, List.of(), "mary");
            assertThat(orders.pending()).containsExactly(placed);
            orders.done(placed.id(), "looked");
            assertThat(other.orders().pending()).isEmpty();
        }
    }

    @Test
    void anUnknownOrderIsNoFailure() {
        assertThat(orders.order(99)).isEmpty();
        orders.done(99, "done");
        assertThat(orders.of("shop/things", 10)).isEmpty();
    }
}
