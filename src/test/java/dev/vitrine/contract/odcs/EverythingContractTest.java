package dev.vitrine.contract.odcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.contract.LoadedContracts;
import dev.vitrine.contract.Relationship;
import dev.vitrine.contract.RowFilter;
import dev.vitrine.contract.ServiceLevel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// One contract that touches every part of the standard and of our own properties.
class EverythingContractTest {

    private static final Path FILE = Path.of("src/test/resources/contract/everything.odcs.yaml");

    private final DataProduct product = read(null);
    private final EntityType lines = product.entity("order-lines").orElseThrow();

    @Test
    void readsTheProduct() {
        assertThat(product.address()).isEqualTo("everything/v3");
        assertThat(product.status()).isEqualTo(DataProduct.Status.DEPRECATED);
        assertThat(product.description())
                .isEqualTo("Show everything.\n\n**Usage:** In tests.\n\n**Limitations:** None.");
        assertThat(product.location()).isEqualTo("abfss://gold@acct.dfs.core.windows.net/shop");
        assertThat(lines.typeName()).isEqualTo("OrderLine");
        assertThat(lines.maxDeleteShare()).isEqualTo(0.25);
    }

    @Test
    void choosesTheServerByName() {
        String here = Path.of("relative/gold").toAbsolutePath().toString();
        assertThat(read("here").location()).isEqualTo(here);
    }

    @Test
    void readsEveryType() {
        assertThat(type("id")).isEqualTo(new FieldType.DecimalType(20, 0, true));
        assertThat(type("text")).isEqualTo(new FieldType.StringType("email", "^a", 1, 9, List.of("NO", "yes", "1")));
        assertThat(type("bytes")).isEqualTo(new FieldType.BinaryType());
        assertThat(type("long")).isEqualTo(new FieldType.IntegerType(true, 0L, 1000L));
        assertThat(type("money")).isEqualTo(new FieldType.DecimalType(12, 2, false));
        assertThat(type("exact")).isEqualTo(new FieldType.NumberType(true));
        assertThat(type("ratio")).isEqualTo(new FieldType.NumberType(false));
        assertThat(type("flag")).isEqualTo(new FieldType.BooleanType());
        assertThat(type("day")).isEqualTo(new FieldType.DateType());
        assertThat(type("clock")).isEqualTo(new FieldType.TimeType());
        assertThat(type("at")).isEqualTo(new FieldType.TimestampType());
        assertThat(type("local")).isEqualTo(new FieldType.LocalTimestampType());
        assertThat(type("untyped")).isEqualTo(new FieldType.IntegerType(false, null, null));
        assertThat(type("labels")).isEqualTo(new FieldType.MapType(new FieldType.DecimalType(5, 1, false)));
        assertThat(type("nested"))
                .isInstanceOfSatisfying(
                        FieldType.MapType.class,
                        map -> assertThat(map.values()).isInstanceOf(FieldType.ObjectType.class));
        assertThat(type("history"))
                .isInstanceOfSatisfying(
                        FieldType.ArrayType.class,
                        array -> assertThat(array.items()).isInstanceOf(FieldType.ArrayType.class));
    }

    @Test
    void knowsWhereNestedFieldsAreAndWhoSeesThem() {
        FieldPath width = field("box.size.width");
        assertThat(width.column()).containsExactly("box", "size", "w");
        assertThat(width.classifications()).isEqualTo(Set.of("internal", "secret"));
        assertThat(field("place.shop").column()).containsExactly("shop_number");
    }

    @Test
    void ordersKeysAndForeignKeysByPosition() {
        assertThat(product.entity("shops").orElseThrow().key())
                .extracting(FieldPath::name)
                .containsExactly("number", "country");
        assertThat(lines.relationships())
                .containsExactly(new Relationship("shop", List.of("place.shop", "place.country"), "shops", "lines"));
    }

    @Test
    void bindsNotBeforeAndBeforeOr() {
        RowFilter filter = product.roles().getFirst().rowFilters().get("order-lines");

        assertThat(filter)
                .isEqualTo(new RowFilter.Or(List.of(
                        new RowFilter.And(List.of(
                                new RowFilter.Not(comparison("text", RowFilter.Operator.EQ, "O'Brien")),
                                comparison("at", RowFilter.Operator.GE, Instant.parse("2026-01-01T00:00:00Z")))),
                        new RowFilter.And(List.of(
                                comparison("flag", RowFilter.Operator.EQ, true),
                                new RowFilter.Not(new RowFilter.In(
                                        field("place.shop"),
                                        List.of(
                                                new RowFilter.Operand.Literal(1L),
                                                new RowFilter.Operand.Claim("shop")))))),
                        comparison("money", RowFilter.Operator.NE, new BigDecimal("9.50")))));
    }

    @Test
    void readsServiceLevelsByAnySpelling() {
        assertThat(product.serviceLevels())
                .containsExactly(
                        new ServiceLevel.Latency(Duration.ofMinutes(15), "order-lines"),
                        new ServiceLevel.Latency(Duration.ofHours(1), null),
                        new ServiceLevel.Availability(99.5, null),
                        new ServiceLevel.ErrorRate(0.5, null),
                        new ServiceLevel.ResponseTime(Duration.ofMillis(200), 95, null),
                        new ServiceLevel.Frequency(Duration.ofDays(1), "0 30 * * *", "shops"),
                        new ServiceLevel.EndOfSupport(Instant.parse("2032-05-12T17:30:10Z"), null),
                        new ServiceLevel.EndOfLife(Instant.parse("2042-05-12T00:00:00Z"), null),
                        new ServiceLevel.Stated("retention", "3", "y", null));
    }

    @Test
    void derivesTheTableToSync() {
        Contracts contracts = LoadedContracts.of(List.of(product));
        GoldTable table = contracts.table(product, lines);

        assertThat(table.location()).isEqualTo("abfss://gold@acct.dfs.core.windows.net/shop/fact_all");
        assertThat(table.columns())
                .extracting(Field::name)
                .contains("key_id", "shop_number", "shop_country")
                .doesNotContain("place");
        assertThat(table.indexed())
                .extracting(IndexedColumn::path)
                .containsExactlyInAnyOrder(
                        List.of("key_id"),
                        List.of("text"),
                        List.of("at"),
                        List.of("shop_number"),
                        List.of("shop_country"),
                        List.of("box", "size", "w"),
                        List.of("flag"),
                        List.of("money"));
        assertThat(table.sorts()).hasSize(2);
    }

    @Test
    void tellsHowTheTablesAreStored() {
        GoldTable shops = table(product, "shops");
        assertThat(shops.storing().maxRequestUnits()).isEqualTo(4000);
        assertThat(shops.storing().partitioned())
                .containsExactly(new GoldTable.Partitioned(
                        FILE + ", schema 'shops', property 'country'",
                        shops.key().getLast()));

        GoldTable.Storing all = table(product, "order-lines").storing();
        assertThat(all.maxRequestUnits()).isEqualTo(20_000);
        assertThat(all.partitioned())
                .as("what is no part of the key, by position, then as in the file")
                .containsExactly(
                        new GoldTable.Partitioned(FILE + ", schema 'order-lines', property 'place.shop'", null),
                        new GoldTable.Partitioned(FILE + ", schema 'order-lines', property 'day'", null));
    }

    @Test
    void aPromisedLatencyWinsOverASchedule() {
        assertThat(table(product, "order-lines").pace()).isEqualTo(Duration.ofMinutes(15));

        GoldTable shops = table(product, "shops");
        assertThat(shops.pace()).isEqualTo(Duration.ofHours(1));
        assertThat(shops.schedule()).isNull();
    }

    @Test
    void withoutALatencyTheScheduleDecides() {
        DataProduct unhurried = new DataProduct(
                product.name(),
                product.major(),
                product.version(),
                product.status(),
                product.id(),
                product.description(),
                product.location(),
                product.entities(),
                product.roles(),
                product.serviceLevels().stream()
                        .filter(level -> !(level instanceof ServiceLevel.Latency))
                        .toList(),
                product.source());

        assertThat(table(unhurried, "shops").schedule()).isEqualTo("0 30 * * *");
        assertThat(table(unhurried, "shops").pace()).isEqualTo(Duration.ofDays(1));
    }

    private static DataProduct read(@Nullable String server) {
        Problems problems = new Problems(FILE.toString());
        try {
            DataProduct product = new ContractReader(new Environment(server, false, name -> null), problems)
                    .read(Files.readAllBytes(FILE), FILE)
                    .orElseThrow();
            assertThat(problems.list()).isEmpty();
            return product;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GoldTable table(DataProduct product, String entity) {
        return LoadedContracts.of(List.of(product))
                .table(product, product.entity(entity).orElseThrow());
    }

    private RowFilter.Comparison comparison(String field, RowFilter.Operator operator, Object value) {
        return new RowFilter.Comparison(field(field), operator, new RowFilter.Operand.Literal(value));
    }

    private FieldPath field(String name) {
        return lines.field(name).orElseThrow();
    }

    private FieldType type(String name) {
        return field(name).field().type();
    }
}
