package dev.vitrine.contract.odcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.contract.Relation;
import dev.vitrine.contract.Relationship;
import dev.vitrine.contract.Role;
import dev.vitrine.contract.RowFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SampleContractsTest {

    private static final Environment ENVIRONMENT = new Environment(null, false, Map.of("vitrine.data", "/data")::get);
    private static final Contracts SALES = ContractsFolder.read(Path.of("api-contracts"), ENVIRONMENT);
    private static final DataProduct V1 = SALES.product("sales", 1).orElseThrow();
    private static final DataProduct V2 = SALES.product("sales", 2).orElseThrow();

    @Test
    void describesTheThreeEntitiesOfTheDemo() {
        assertThat(V1.entities()).extracting(EntityType::name).containsExactly("customers", "orders", "monthlyRevenue");
        assertThat(V1.entities())
                .extracting(EntityType::typeName)
                .containsExactly("Customer", "Order", "MonthlyRevenue");
        assertThat(V1.location()).isEqualTo("/data/lakehouse/gold");
        assertThat(entity(V1, "monthlyRevenue").key())
                .extracting(FieldPath::name)
                .containsExactly("month", "region");
        assertThat(type(V1, "customers", "accountBalance")).isEqualTo(new FieldType.DecimalType(12, 2, false));
        assertThat(type(V1, "monthlyRevenue", "revenue")).isEqualTo(new FieldType.DecimalType(18, 2, true));
        assertThat(entity(V1, "orders").relationships())
                .containsExactly(new Relationship("customer", List.of("customerId"), "customers", "orders"));
    }

    @Test
    void followsAForeignKeyBothWays() {
        EntityType customers = entity(V1, "customers");
        EntityType orders = entity(V1, "orders");
        List<FieldPath> foreignKey = List.of(orders.field("customerId").orElseThrow());

        assertThat(V1.relations(orders))
                .containsExactly(new Relation("customer", foreignKey, customers.key(), customers, false));
        assertThat(V1.relations(customers))
                .containsExactly(new Relation("orders", customers.key(), foreignKey, orders, true));
        assertThat(V1.relations(entity(V1, "monthlyRevenue"))).isEmpty();
    }

    @Test
    void groupsFlatColumnsInTheSecondVersion() {
        FieldPath nation = entity(V2, "customers").field("address.nation").orElseThrow();
        assertThat(nation.column()).containsExactly("c_nation");
        FieldPath phone = entity(V2, "customers").field("contact.phone").orElseThrow();
        assertThat(phone.classifications()).containsExactly("restricted");
    }

    @Test
    void opensRowsAndClassesByRole() {
        assertThat(V1.roles()).extracting(Role::scope).containsExactly("sales:read", "sales:support", "sales:europe");
        assertThat(V1.roles().get(1).classifications()).isEqualTo(Set.of("restricted"));
        FieldPath region = entity(V1, "customers").field("region").orElseThrow();
        assertThat(V1.roles().get(2).rowFilters())
                .isEqualTo(Map.of(
                        "customers",
                        new RowFilter.Comparison(
                                region, RowFilter.Operator.EQ, new RowFilter.Operand.Literal("EUROPE"))));
    }

    @Test
    void syncsATableOnceForBothVersions() {
        assertThat(SALES.tables())
                .extracting(GoldTable::address)
                .containsExactly("sales/dim_customer", "sales/fact_orders", "sales/monthly_revenue");
        GoldTable customers = SALES.table(V2, entity(V2, "customers"));
        assertThat(customers).isEqualTo(SALES.table(V1, entity(V1, "customers")));
        assertThat(customers.location()).isEqualTo("/data/lakehouse/gold/dim_customer");
        assertThat(customers.columns())
                .hasSize(11)
                .allMatch(column -> column.name().equals(column.column()));
        assertThat(customers.key()).extracting(IndexedColumn::path).containsExactly(List.of("c_custkey"));
        assertThat(customers.pace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(customers.sorts()).hasSize(1);
    }

    @Test
    void theTestContractsAreInOrder() {
        Environment plain = new Environment(null, false, name -> null);
        Contracts shop = ContractsFolder.read(Path.of("src/test/resources/contracts/gold"), plain);
        assertThat(shop.products()).extracting(DataProduct::address).containsExactly("shop/v1");
        assertThat(shop.tables()).hasSize(3);
        Contracts covid = ContractsFolder.read(Path.of("src/test/resources/contracts/covid"), plain);
        assertThat(covid.tables()).extracting(GoldTable::name).containsExactly("covid_nyt");
        assertThat(covid.tables().getFirst().key()).hasSize(3);
    }

    private static EntityType entity(DataProduct product, String name) {
        return product.entity(name).orElseThrow();
    }

    private static FieldType type(DataProduct product, String entity, String field) {
        return entity(product, entity).field(field).orElseThrow().field().type();
    }
}
