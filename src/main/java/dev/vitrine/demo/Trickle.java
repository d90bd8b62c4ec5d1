package dev.vitrine.demo;

import dev.vitrine.delta.write.Changes;
import dev.vitrine.delta.write.DeltaWriter;
import dev.vitrine.delta.write.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/// The life of the shop after its first load: in every round a customer comes, one goes, and one changes; now and
/// then an order moves on.
///
/// The number of customers stays what it is, and customer 1 never goes: the examples of the contract name it. One
/// thread at a time.
final class Trickle {

    private static final int ROUNDS_BETWEEN_ORDERS = 6;
    private static final int ROUNDS_BETWEEN_VACUUMS = 60;
    private static final int PASSING_CUSTOMERS = 200;

    private final DeltaWriter customers;
    private final DeltaWriter orders;
    private final Random random;
    private final Clock clock;
    private long rounds;

    Trickle(DeltaWriter customers, DeltaWriter orders, Random random, Clock clock) {
        this.customers = customers;
        this.orders = orders;
        this.random = random;
        this.clock = clock;
    }

    /// Commits one round of changes.
    void round() throws IOException {
        changeCustomers();
        rounds++;
        if (rounds % ROUNDS_BETWEEN_ORDERS == 0) {
            moveAnOrder();
        }
        if (rounds % ROUNDS_BETWEEN_VACUUMS == 0) {
            customers.vacuum(Lakehouse.HISTORY);
            orders.vacuum(Lakehouse.HISTORY);
        }
    }

    private void changeCustomers() throws IOException {
        List<Row> keys = new ArrayList<>(customers.keys());
        keys.sort(Comparator.comparing(Trickle::number));
        long youngest = number(keys.getLast());
        Row leaving = any(keys.subList(Math.max(1, keys.size() - PASSING_CUSTOMERS), keys.size()));
        keys.remove(leaving);
        Row changing = any(keys);
        Row known = customers.rows(Set.of(changing)).getFirst();
        customers.commit(
                new Changes(List.of(newcomer(youngest + 1, known)), List.of(withNewBalance(known)), List.of(leaving)));
    }

    private Row newcomer(long number, Row neighbour) {
        return withNewBalance(neighbour)
                .with("c_custkey", number)
                .with("c_name", "Customer#%09d".formatted(number))
                .with("c_comment", "came after the first load");
    }

    private Row withNewBalance(Row customer) {
        BigDecimal balance = BigDecimal.valueOf(random.nextLong(-99_999, 1_000_000), 2);
        return customer.with("c_acctbal", balance)
                .with("c_loyalty_tier", SampleShop.loyaltyTier(balance))
                .with("c_updated_at", clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private void moveAnOrder() throws IOException {
        Row order = orders.rows(Set.of(any(List.copyOf(orders.keys())))).getFirst();
        String next = switch ((String) Objects.requireNonNull(order.get("o_orderstatus"))) {
            case "O" -> "P";
            case "P" -> "F";
            default -> "O";
        };
        orders.commit(new Changes(List.of(), List.of(order.with("o_orderstatus", next)), List.of()));
    }

    private Row any(List<Row> keys) {
        return keys.get(random.nextInt(keys.size()));
    }

    private static long number(Row key) {
        return (Long) Objects.requireNonNull(key.get("c_custkey"));
    }
}
