package dev.vitrine.store.cosmos;

import com.azure.cosmos.models.SqlParameter;
import com.azure.cosmos.models.SqlQuerySpec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.store.Order;
import dev.vitrine.store.Orders;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Orders as items of one logical partition, beside a counter whose change puts them in a row: an order is created in
/// the
/// transaction that moves the counter.
record CosmosOrders(ControlContainer control, Clock clock) implements Orders {

    private static final String PLACE = "orders";
    private static final String COUNTER = "counter";
    private static final int DONE_KEPT = 100;

    @Override
    public Order place(String table, Order.Action action, @Nullable Long version, List<Long> letters, String by) {
        while (true) {
            ControlContainer.Versioned counter = counter();
            Optional<Order> equal = pending().stream()
                    .filter(order -> order.table().equals(table)
                            && order.action() == action
                            && Objects.equals(order.version(), version)
                            && order.letters().equals(letters))
                    .findFirst();
            if (equal.isPresent()) {
                return equal.get();
            }
            long id = counter.item().path("last").longValue() + 1;
            Order order = new Order(id, table, action, version, letters, by, clock.instant(), null, null);
            ObjectNode moved = counter.item().deepCopy().put("last", id);
            if (control.createAndReplace(item(order), new ControlContainer.Versioned(moved, counter.etag()))) {
                return order;
            }
        }
    }

    private ControlContainer.Versioned counter() {
        while (true) {
            Optional<ControlContainer.Versioned> counter = control.read(COUNTER, PLACE);
            if (counter.isPresent()) {
                return counter.get();
            }
            control.create(JsonNodeFactory.instance
                    .objectNode()
                    .put("id", COUNTER)
                    .put("p", PLACE)
                    .put("last", 0));
        }
    }

    @Override
    public List<Order> pending() {
        return query("SELECT * FROM c WHERE c.pending = true ORDER BY c.number");
    }

    @Override
    public List<Order> of(String table, int limit) {
        return query(
                "SELECT TOP @limit * FROM c WHERE c.entity = @table ORDER BY c.number DESC",
                new SqlParameter("@limit", limit),
                new SqlParameter("@table", table));
    }

    @Override
    public Optional<Order> order(long id) {
        return control.read(id(id), PLACE).map(found -> order(found.item()));
    }

    @Override
    public void done(long id, String outcome) {
        while (true) {
            Optional<ControlContainer.Versioned> found = control.read(id(id), PLACE);
            if (found.isEmpty() || !found.get().item().path("pending").asBoolean()) {
                return;
            }
            ObjectNode done = found.get()
                    .item()
                    .put("pending", false)
                    .put("outcome", outcome)
                    .put("doneAt", clock.instant().toString());
            if (control.replace(done, found.get().etag())) {
                forgetOld(done.path("entity").textValue());
                return;
            }
        }
    }

    private void forgetOld(String table) {
        query("SELECT * FROM c WHERE c.entity = @table AND c.pending = false", new SqlParameter("@table", table))
                .stream()
                .sorted(Comparator.comparing(Order::doneAt, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(Order::id)
                        .reversed())
                .skip(DONE_KEPT)
                .forEach(order -> control.delete(id(order.id()), PLACE));
    }

    private List<Order> query(String text, SqlParameter... parameters) {
        return control.query(new SqlQuerySpec(text, parameters), PLACE).stream()
                .map(CosmosOrders::order)
                .toList();
    }

    private static String id(long id) {
        return "order-%016x".formatted(id);
    }

    private static ObjectNode item(Order order) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        item.put("id", id(order.id()))
                .put("p", PLACE)
                .put("number", order.id())
                .put("entity", order.table())
                .put("action", order.action().name())
                .put("by", order.by())
                .put("placed", order.placed().toString())
                .put("pending", true);
        if (order.version() != null) {
            item.put("version", order.version());
        }
        ArrayNode letters = item.putArray("letters");
        order.letters().forEach(letters::add);
        return item;
    }

    private static Order order(JsonNode item) {
        List<Long> letters = new ArrayList<>();
        item.path("letters").forEach(letter -> letters.add(letter.longValue()));
        JsonNode done = item.get("doneAt");
        return new Order(
                item.path("number").longValue(),
                item.path("entity").textValue(),
                Order.Action.valueOf(item.path("action").textValue()),
                item.hasNonNull("version") ? item.path("version").longValue() : null,
                letters,
                item.path("by").textValue(),
                Instant.parse(item.path("placed").textValue()),
                item.path("outcome").textValue(),
                done == null ? null : Instant.parse(done.textValue()));
    }
}
