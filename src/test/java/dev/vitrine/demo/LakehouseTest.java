package dev.vitrine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.delta.write.DeltaWriter;
import dev.vitrine.delta.write.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakehouseTest {

    /// Making the tables takes seconds, so that the tests share them.
    @TempDir
    static Path data;

    @BeforeAll
    static void makeTheTables() throws IOException {
        Path halfMade = Lakehouse.below(data).gold().resolve(".fact_orders.draft/_delta_log");
        Files.createDirectories(halfMade);
        Files.writeString(halfMade.resolve("00000000000000000000.json"), "{");
        Lakehouse.below(data).make();
    }

    @Test
    void holdsTheShopOfTheBenchmark() throws IOException {
        DeltaWriter customers = Lakehouse.below(data).open(SampleTable.CUSTOMERS);
        DeltaWriter orders = Lakehouse.below(data).open(SampleTable.ORDERS);
        DeltaWriter revenue = Lakehouse.below(data).open(SampleTable.MONTHLY_REVENUE);

        assertThat(customers.rows(Set.of(Row.of("c_custkey", 1L))))
                .containsExactly(Row.of(
                        "c_custkey", 1L,
                        "c_name", "Customer#000000001",
                        "c_address", "IVhzIApeRb ot,c,E",
                        "c_nation", "MOROCCO",
                        "c_region", "AFRICA",
                        "c_phone", "25-989-741-2988",
                        "c_acctbal", new BigDecimal("711.56"),
                        "c_mktsegment", "BUILDING",
                        "c_comment", "to the even, regular platelets. regular, ironic epitaphs nag e",
                        "c_updated_at", Instant.parse("2026-01-06T06:00:01.000003Z"),
                        "c_loyalty_tier", "bronze"));
        assertThat(orders.keys()).hasSize(15_000);
        Row order = orders.rows(Set.of(Row.of("o_orderkey", 1L))).getFirst();
        assertThat(order.get("o_totalprice")).isEqualTo(new BigDecimal("172799.49"));
        assertThat((List<?>) order.get("o_lines"))
                .hasSize(6)
                .first()
                .isEqualTo(Row.of(
                        "linenumber",
                        1,
                        "partkey",
                        1552L,
                        "quantity",
                        new BigDecimal("17.00"),
                        "extendedprice",
                        new BigDecimal("24710.35"),
                        "shipdate",
                        LocalDate.of(1996, 3, 13)));
        assertThat(revenue.keys()).hasSize(399);
    }

    @Test
    void goesOnWithWhatIsThere() throws IOException {
        long version = Lakehouse.below(data).open(SampleTable.MONTHLY_REVENUE).version();

        Lakehouse.below(data).make();

        assertThat(Lakehouse.below(data).open(SampleTable.MONTHLY_REVENUE).version())
                .isEqualTo(version);
    }

    @Test
    void changesInEveryRoundWithoutGrowing() throws IOException {
        long seed = System.nanoTime();
        DeltaWriter customers = Lakehouse.below(data).open(SampleTable.CUSTOMERS);
        Set<Row> before = customers.keys();
        long version = customers.version();
        Trickle trickle = new Trickle(
                customers, Lakehouse.below(data).open(SampleTable.ORDERS), new Random(seed), Clock.systemUTC());

        for (int round = 0; round < 12; round++) {
            trickle.round();
        }

        assertThat(customers.version()).as("seed %d", seed).isEqualTo(version + 12);
        assertThat(customers.keys())
                .as("seed %d", seed)
                .hasSameSizeAs(before)
                .isNotEqualTo(before)
                .contains(Row.of("c_custkey", 1L));
        assertThat(Lakehouse.below(data).open(SampleTable.CUSTOMERS).keys())
                .as("seed %d", seed)
                .isEqualTo(customers.keys());
    }
}
