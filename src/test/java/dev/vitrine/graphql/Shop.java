package dev.vitrine.graphql;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import dev.vitrine.query.view.DocumentValues;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Origin;
import dev.vitrine.store.StoredTable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The tables of the test contract, with rows; keeps which reads the store was asked for.
final class Shop {

    private static final Set<String> READS = Set.of("get", "getAll", "page", "pages", "count", "counts");

    /// `dim_customer.getAll`, one line a read.
    final List<String> reads = new CopyOnWriteArrayList<>();

    /// What the store has charged today, by address of the table.
    volatile Map<String, Double> charged = Map.of();

    private final EntityStore store;
    private final Contracts contracts;

    Shop(EntityStore store, Contracts contracts) {
        this.store = store;
        this.contracts = contracts;
        long version = 7;
        load(
                "customers",
                version,
                LongStream.rangeClosed(1, 60).mapToObj(Shop::customer).toList());
        List<String> orders = new ArrayList<>();
        LongStream.range(0, 240).forEach(id -> orders.add(order("o%03d".formatted(id), id % 20 + 1, id % 7 + 1, id)));
        orders.add(order("lost", 777L, null, 1));
        orders.add(order("none", null, null, 1));
        load("orders", version + 1, orders);
        load("stores", version + 2, List.of(store("FR", 1, "Paris"), store("FR", 2, "Lyon"), store("PE", 1, "Lima")));
        String withheld = "{\"d_day\":\"2026-02-02\",\"d_workday\":%s}";
        load(
                "date",
                version,
                List.of(
                        "{\"d_day\":\"2026-01-06\",\"d_workday\":true}",
                        withheld.formatted(true),
                        withheld.formatted(false)));
    }

    /// Serves these documents and no others; a key that is there twice is withheld.
    private void load(String entity, long version, List<String> documents) {
        DataProduct product = contracts.products().getFirst();
        GoldTable table = contracts.table(product, product.entity(entity).orElseThrow());
        Revision revision = new Revision(
                1, version, Instant.parse("2026-01-06T10:00:01.12Z").plusSeconds(version));
        try (GenerationWriter writer = store.table(table).writer(1).rebuild(new Origin(table.name(), revision, ""))) {
            writer.add(documents.stream().map(text -> inserted(table, text)).toList());
            writer.seal();
            writer.swap();
        }
    }

    private static EntityChange.Upserted inserted(GoldTable table, String text) {
        byte[] document = text.getBytes(StandardCharsets.UTF_8);
        DocumentValues values = new DocumentValues(document);
        List<@Nullable Object> indexed = new ArrayList<>();
        table.indexed().forEach(column -> indexed.add(values.apply(column)));
        List<Object> key = table.key().stream()
                .map(column -> Objects.requireNonNull(values.apply(column)))
                .toList();
        return new EntityChange.Upserted(new EntityKey(key), document, indexed, true);
    }

    /// Numbers that lose digits in a double, absent values, and characters that have to be escaped.
    static String customer(long id) {
        String region = id % 3 == 0 ? "\"EUROPE\"" : id % 3 == 1 ? "\"MIDDLE EAST\"" : "null";
        return """
                {"c_id":%1$d,"c_name":"N%2$02d \\"x\\" é","c_region":%3$s,"c_balance":%4$d.50,"c_phone":"+%1$d","c_since":"2020-01-%5$02d",
                "c_seen":"2026-01-06T10:00:%5$02d.000003Z","c_local":"2026-01-06T10:00:%5$02d","c_score":%6$s,
                "c_wealth":123456789012345%1$d.10,"c_ticket":900719925474099%1$d,"c_active":%7$s,"c_opens":"08:30:00",
                "c_photo":"AQID","c_first":"F%1$d","c_street":"S %1$d","c_city":"C%8$d","c_email":"e%1$d@example.org",
                "c_tags":["a",null,"b"],"c_visits":{"mon":%1$d,"tue":null}}""".formatted(
                        id,
                        id / 2,
                        region,
                        1000 - 30 * id,
                        id % 28 + 1,
                        id % 5 == 0 ? "null" : new BigDecimal("1.5E+" + id % 9).toString(),
                        id % 4 == 0 ? "null" : id % 2 == 0,
                        id % 6);
    }

    static String order(String id, @Nullable Long customer, @Nullable Long manager, long total) {
        return """
                {"o_id":"%s","o_customer":%s,"o_manager":%s,"o_total":%d.05,"o_lines":[{"l_part":"p1","l_price":1.50},null,{"l_part":null,"l_price":2.00}],
                "o_country":%s,"o_store":%d}""".formatted(
                        id,
                        customer,
                        manager,
                        total,
                        total % 5 == 4 ? "null" : total % 2 == 0 ? "\"FR\"" : "\"PE\"",
                        total % 3);
    }

    private static String store(String country, long number, String city) {
        return "{\"s_country\":\"%s\",\"s_number\":%d,\"s_city\":\"%s\"}".formatted(country, number, city);
    }

    /// The store, with every read of a table noted down.
    EntityStore countingStore() {
        return proxy(EntityStore.class, store, "");
    }

    @SuppressWarnings("unchecked")
    private <T> T proxy(Class<T> type, T real, String name) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            if (method.getName().equals("chargedToday")) {
                return charged;
            }
            Object result;
            try {
                result = method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            if (result instanceof StoredTable table) {
                return proxy(StoredTable.class, table, table.table().name());
            }
            if (READS.contains(method.getName())) {
                reads.add(name + "." + method.getName());
            }
            return result;
        });
    }
}
