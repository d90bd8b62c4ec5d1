package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.SharedTables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Spark's gold tables: while their commits are released one by one, each answer is what Spark reads at the version
/// that the answer names.
class GoldOverHttpTest extends OverHttp {

    private static final int POINT_READS = 50;

    private final String token = TOKENS.with("shop:read shop:support");
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void servesWhatSparkReadsAtEveryVersion() throws Exception {
        List<ShopTable> tables = List.of(ShopTable.customers(), ShopTable.orders(), ShopTable.monthlyRevenue());
        System.out.println("gold over HTTP, seed " + seed);
        for (int version = 0; version <= 12; version++) {
            for (ShopTable table : tables) {
                if (version <= table.latest) {
                    release(table, version);
                    List<String> touched = new ArrayList<>(table.advance(version));
                    if (table.rows().size() < 5000 || version % 5 == 0) {
                        assertThat(walk(table, version))
                                .as("%s at version %d", table.entity, version)
                                .isEqualTo(table.rows());
                    }
                    Collections.shuffle(touched, random);
                    touched.stream().distinct().limit(POINT_READS).forEach(key -> readOne(table, key));
                }
            }
        }
        hidesWhatTheScopeDoesNotOpen();
    }

    private void release(ShopTable table, int version) throws Exception {
        SharedTables.stage("gold/" + table.table, LAKEHOUSE.resolve("gold").resolve(table.table), version);
        until(
                reply -> String.valueOf(version).equals(reply.header("Delta-Table-Version")),
                token,
                address(table) + "?limit=1");
    }

    private Map<String, Map<String, @Nullable Object>> walk(ShopTable table, int version) {
        List<Map<String, @Nullable Object>> entities = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Reply page = get(token, address(table) + "?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            assertThat(page.header("Delta-Table-Version")).isEqualTo(String.valueOf(version));
            assertThat(page.header("Data-As-Of")).isNotNull();
            entities.addAll(page.items());
            cursor = page.nextCursor();
        }
        return table.byKey(entities);
    }

    private void readOne(ShopTable table, String key) {
        Reply one = get(token, address(table) + "/" + key.replace(" ", "%20"));
        Map<String, @Nullable Object> row = table.rows().get(key);
        if (row == null) {
            one.isProblem(404, "unknown-key");
        } else {
            assertThat(one.entity()).isEqualTo(row);
        }
        assertThat(one.header("Delta-Table-Version")).isNotNull();
    }

    private void hidesWhatTheScopeDoesNotOpen() {
        Map<String, @Nullable Object> open =
                new LinkedHashMap<>(get(token, "/api/shop/v1/customers/1").entity());
        open.keySet().removeAll(List.of("phone", "accountBalance"));
        assertThat(get(TOKENS.with("shop:read"), "/api/shop/v1/customers/1").entity())
                .isEqualTo(open);

        String europe = TOKENS.with("shop:europe");
        Reply page = get(europe, "/api/shop/v1/customers?limit=200", "Prefer", "count=exact");
        assertThat(page.items())
                .isNotEmpty()
                .allSatisfy(item -> assertThat(item).containsEntry("region", "EUROPE"));
        assertThat(page.header("Total-Count"))
                .isEqualTo(get(token, "/api/shop/v1/customers?region=EUROPE", "Prefer", "count=exact")
                        .header("Total-Count"));
        get(europe, "/api/shop/v1/customers/1").isProblem(404, "unknown-key");
        get(europe, "/api/shop/v1/orders/1").isProblem(403, "forbidden");
    }

    private static String address(ShopTable table) {
        return "/api/shop/v1/" + table.entity;
    }
}
