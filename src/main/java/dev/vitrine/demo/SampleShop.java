package dev.vitrine.demo;

import dev.vitrine.delta.write.Row;
import io.trino.tpch.Customer;
import io.trino.tpch.CustomerGenerator;
import io.trino.tpch.Distributions;
import io.trino.tpch.LineItem;
import io.trino.tpch.LineItemGenerator;
import io.trino.tpch.Nation;
import io.trino.tpch.NationGenerator;
import io.trino.tpch.OrderGenerator;
import io.trino.tpch.Region;
import io.trino.tpch.RegionGenerator;
import io.trino.tpch.TextPool;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The shop of the TPC-H benchmark at scale factor 0.01: always the same 1,500 customers and 15,000 orders.
final class SampleShop {

    private static final double SCALE = 0.01;
    private static final Instant FIRST_LOAD = Instant.parse("2026-01-06T06:00:00Z");
    private static final Comparator<RevenueKey> BY_MONTH_AND_REGION =
            Comparator.comparing(RevenueKey::month).thenComparing(RevenueKey::region);

    /// The benchmark draws its comments from 300 MB of text; a small heap gets other comments and else the same shop.
    private static final int WHOLE_POOL = 300 << 20;

    private static final int SMALL_POOL = 10 << 20;
    private static final long HEAP_FOR_WHOLE_POOL = 700L << 20;

    private final Distributions distributions = Distributions.getDefaultDistributions();
    private final Supplier<TextPool> text;
    private final Map<Long, Nation> nations;
    private final Map<Long, Region> regions;

    SampleShop() {
        TextPool pool = new TextPool(
                Runtime.getRuntime().maxMemory() < HEAP_FOR_WHOLE_POOL ? SMALL_POOL : WHOLE_POOL, distributions);
        text = () -> pool;
        nations = StreamSupport.stream(new NationGenerator(distributions, text).spliterator(), false)
                .collect(Collectors.toMap(Nation::nationKey, nation -> nation));
        regions = StreamSupport.stream(new RegionGenerator(distributions, text).spliterator(), false)
                .collect(Collectors.toMap(Region::regionKey, region -> region));
    }

    List<Row> rows(SampleTable table) {
        return switch (table) {
            case CUSTOMERS -> customers();
            case ORDERS -> orders();
            case MONTHLY_REVENUE -> monthlyRevenue();
        };
    }

    private List<Row> customers() {
        List<Row> rows = new ArrayList<>();
        for (Customer customer : new CustomerGenerator(SCALE, 1, 1, distributions, text)) {
            Nation nation = Objects.requireNonNull(nations.get(customer.nationKey()));
            BigDecimal balance = cents(customer.accountBalanceInCents());
            rows.add(Row.of(
                    "c_custkey", customer.customerKey(),
                    "c_name", customer.name(),
                    "c_address", customer.address(),
                    "c_nation", nation.name(),
                    "c_region", region(nation),
                    "c_phone", customer.phone(),
                    "c_acctbal", balance,
                    "c_mktsegment", customer.marketSegment(),
                    "c_comment", customer.comment(),
                    "c_updated_at", updatedAt(customer.customerKey()),
                    "c_loyalty_tier", loyaltyTier(balance)));
        }
        return rows;
    }

    private List<Row> orders() {
        Map<Long, List<Row>> lines = new HashMap<>();
        for (LineItem line : new LineItemGenerator(SCALE, 1, 1, distributions, text)) {
            lines.computeIfAbsent(line.orderKey(), key -> new ArrayList<>())
                    .add(Row.of(
                            "linenumber", line.lineNumber(),
                            "partkey", line.partKey(),
                            "quantity", BigDecimal.valueOf(line.quantity()).setScale(2),
                            "extendedprice", cents(line.extendedPriceInCents()),
                            "shipdate", LocalDate.ofEpochDay(line.shipDate())));
        }
        List<Row> rows = new ArrayList<>();
        for (io.trino.tpch.Order order : new OrderGenerator(SCALE, 1, 1, distributions, text)) {
            rows.add(Row.of(
                    "o_orderkey", order.orderKey(),
                    "o_custkey", order.customerKey(),
                    "o_orderstatus", String.valueOf(order.orderStatus()),
                    "o_totalprice", cents(order.totalPriceInCents()),
                    "o_orderdate", LocalDate.ofEpochDay(order.orderDate()),
                    "o_orderpriority", order.orderPriority(),
                    "o_clerk", order.clerk(),
                    "o_lines", lines.getOrDefault(order.orderKey(), List.of()),
                    "o_comment", order.comment()));
        }
        return rows;
    }

    private List<Row> monthlyRevenue() {
        Map<Long, String> regionOfCustomer = new HashMap<>();
        for (Customer customer : new CustomerGenerator(SCALE, 1, 1, distributions, text)) {
            regionOfCustomer.put(
                    customer.customerKey(), region(Objects.requireNonNull(nations.get(customer.nationKey()))));
        }
        Map<RevenueKey, Revenue> revenues = new TreeMap<>(BY_MONTH_AND_REGION);
        for (io.trino.tpch.Order order : new OrderGenerator(SCALE, 1, 1, distributions, text)) {
            RevenueKey key = new RevenueKey(
                    LocalDate.ofEpochDay(order.orderDate()).withDayOfMonth(1),
                    Objects.requireNonNull(regionOfCustomer.get(order.customerKey())));
            revenues.merge(key, new Revenue(1, order.totalPriceInCents()), Revenue::plus);
        }
        List<Row> rows = new ArrayList<>();
        revenues.forEach((key, revenue) -> rows.add(Row.of(
                "month", key.month(),
                "region", key.region(),
                "orders", revenue.orders(),
                "revenue", cents(revenue.cents()),
                "avg_order", cents(revenue.cents()).doubleValue() / revenue.orders())));
        return rows;
    }

    /// Step of the loyalty programme by what is on the account; none for those who owe us.
    static @Nullable String loyaltyTier(BigDecimal balance) {
        if (balance.signum() < 0) {
            return null;
        }
        if (balance.compareTo(BigDecimal.valueOf(2500)) < 0) {
            return "bronze";
        }
        return balance.compareTo(BigDecimal.valueOf(7500)) < 0 ? "silver" : "gold";
    }

    private String region(Nation nation) {
        return Objects.requireNonNull(regions.get(nation.regionKey())).name();
    }

    private static Instant updatedAt(long customer) {
        return FIRST_LOAD.plus(Duration.ofSeconds(customer).plus(Duration.ofNanos(customer * 3000)));
    }

    private static BigDecimal cents(long cents) {
        return BigDecimal.valueOf(cents, 2);
    }

    private record RevenueKey(LocalDate month, String region) {}

    private record Revenue(long orders, long cents) {
        Revenue plus(Revenue other) {
            return new Revenue(orders + other.orders, cents + other.cents);
        }
    }
}
