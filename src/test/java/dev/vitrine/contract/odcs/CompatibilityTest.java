package dev.vitrine.contract.odcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contract.ContractsInvalid;
import dev.vitrine.contract.compatibility.ContractChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is told of the step from one state of a contract to another.
class CompatibilityTest {

    private static final String CONTRACT = """
            apiVersion: v3.1.0
            kind: DataContract
            id: shop
            name: shop
            version: 1.0.0
            status: active
            servers:
              - {server: here, type: local, format: delta, path: "${nowhere}"}
            schema:
              - name: customers
                physicalName: dim_customer
                customProperties:
                  - {property: typeName, value: Customer}
                  - {property: sortable, value: [[region, -since]]}
                properties:
                  - {name: id, physicalName: c_id, logicalType: integer, primaryKey: true}
                  - {name: name, physicalName: c_name, logicalType: string, required: true}
                  - name: region
                    physicalName: c_region
                    logicalType: string
                    customProperties:
                      - {property: filterable, value: true}
                      - {property: enum, value: [EUROPE, ASIA]}
                  - name: since
                    physicalName: c_since
                    logicalType: date
                    customProperties: [{property: filterable, value: true}]
                  - {name: balance, physicalName: c_balance, logicalType: number, physicalType: "decimal(10,2)"}
                  - {name: email, physicalName: c_email, logicalType: string, logicalTypeOptions: {format: email}}
                  - name: address
                    physicalName: c_address
                    logicalType: object
                    properties:
                      - {name: city, physicalName: a_city, logicalType: string}
                  - name: tags
                    physicalName: c_tags
                    logicalType: array
                    items: {logicalType: string}
              - name: orders
                physicalName: fact_order
                properties:
                  - {name: id, physicalName: o_id, logicalType: integer, primaryKey: true}
                  - name: customerId
                    physicalName: o_customer
                    logicalType: integer
                    relationships:
                      - type: foreignKey
                        to: customers.id
                        customProperties:
                          - {property: relationName, value: customer}
                          - {property: inverseName, value: orders}
            roles:
              - {role: "shop:read", access: read}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{3}: {4}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{name: name,                     | {name: fullName,                | breaking | customers.name         | renamed to fullName",
                "physicalName: c_email            | physicalName: c_mail            | additive | customers.email        | is read from the column c_mail, no longer from c_email",
                "- {name: balance, physicalName: c_balance | - {name: money, physicalName: c_money | breaking | customers.balance | removed",
                "logicalType: string, required: true | logicalType: string          | breaking | customers.name         | can be null now",
                "logicalType: number, physicalType: `decimal(10,2)` | logicalType: number, physicalType: `decimal(12,2)` | additive | customers.balance | is widened from decimal(10,2) to decimal(12,2)",
                "decimal(10,2)                    | decimal(9,2)                    | breaking | customers.balance      | is narrowed from decimal(10,2) to decimal(9,2)",
                "decimal(10,2)                    | decimal(20,2)                   | breaking | customers.balance      | is written as a string, no longer as a number",
                "logicalType: date                | logicalType: timestamp          | breaking | customers.since        | is a timestamp, no longer a date",
                "value: [EUROPE, ASIA]            | value: [EUROPE, ASIA, AFRICA]   | breaking | customers.region       | has new values that programs do not know: AFRICA",
                "value: [EUROPE, ASIA]            | value: [EUROPE]                 | breaking | customers.region       | is narrowed, these values are gone from its type: ASIA",
                "format: email                    | format: uuid                    | breaking | customers.email        | is text of the format uuid, no longer text of the format email: generated clients read it as another type",
                "{name: city,                     | {name: town,                    | breaking | customers.address.city | renamed to town",
                "items: {logicalType: string}     | items: {logicalType: integer}   | breaking | customers.tags[]       | is an integer, no longer a string",
                "- {property: sortable, value: [[region, -since]]} | - {property: sortable, value: []} | breaking | customers | cannot be sorted by region,-since any more",
                "value: Customer                  | value: Client                   | breaking | customers              | its type is called Client, no longer Customer: generated clients name their classes by it",
                "name: orders                     | name: purchases                 | breaking | orders                 | renamed to purchases, so its address is gone",
                "value: customer}                 | value: buyer}                   | breaking | orders.customer        | the relation is removed",
                "required: true}                  | required: true, classification: secret} | breaking | customers.name | is secret, no longer public: it is left out for callers whose roles do not open that class",
                "role: `shop:read`                | role: `shop:all`                | access   | roles.shop:read        | removed, so its scope opens nothing any more",
            })
    void tellsInWordsWhatCallersNotice(String old, String now, String kind, String where, String words)
            throws IOException {
        String edited = CONTRACT.replace(old.replace('`', '"'), now.replace('`', '"'));
        assertThat(edited).isNotEqualTo(CONTRACT);

        assertThat(changes(CONTRACT, edited))
                .extracting(ContractChange::toString)
                .contains("%-8s  %s: %s".formatted(kind, where, words));
    }

    @Test
    void anAdditionIsNoBreak() throws IOException {
        String more = CONTRACT.replace(
                        "      - {name: email",
                        "      - {name: phone, physicalName: c_phone, logicalType: string}\n      - {name: email")
                .replace("version: 1.0.0", "version: 1.1.0");

        assertThat(compared(CONTRACT, more).isBroken()).isFalse();
        assertThat(changes(CONTRACT, more)).singleElement().hasToString("additive  customers.phone: added");
        assertThat(changes(more, CONTRACT)).singleElement().hasToString("breaking  customers.phone: removed");
    }

    @Test
    void theKeyCannotChangeWithinAMajor() throws IOException {
        String other = CONTRACT.replace(
                        "physicalName: c_id, logicalType: integer, primaryKey: true",
                        "physicalName: c_id, logicalType: integer")
                .replace(
                        "physicalName: c_name, logicalType: string, required: true",
                        "physicalName: c_name, logicalType: string, required: true, primaryKey: true");

        assertThat(changes(CONTRACT, other))
                .extracting(ContractChange::toString)
                .contains(
                        "breaking  customers: the key is name, no longer id: addresses of entities change",
                        "breaking  customers.id: cannot be filtered or sorted by any more");
    }

    @Test
    void betweenMajorsEverythingMayChange() throws IOException {
        String second = CONTRACT.replace("version: 1.0.0", "version: 2.0.0").replace("{name: name,", "{name: title,");

        assertThat(changes(CONTRACT, second)).isNotEmpty();
        assertThat(compared(CONTRACT, second).isBroken()).isFalse();
    }

    @Test
    void aFilterThatIsGoneBreaks() throws IOException {
        String fewer = CONTRACT.replace(
                        "          - {property: filterable, value: true}\n          - {property: enum",
                        "          - {property: enum")
                .replace("value: [[region, -since]]", "value: []");

        assertThat(changes(CONTRACT, fewer))
                .extracting(ContractChange::toString)
                .contains("breaking  customers.region: cannot be filtered or sorted by any more");
    }

    @Test
    void whatIsNoContractIsNotCompared() {
        assertThatThrownBy(() -> compared(CONTRACT, "kind: DataContract"))
                .isInstanceOf(ContractsInvalid.class)
                .hasMessageContaining("new.odcs.yaml");
    }

    private List<ContractChange> changes(String before, String after) throws IOException {
        return compared(before, after).changes();
    }

    private ComparedContracts compared(String before, String after) throws IOException {
        return ComparedContracts.of(
                Files.writeString(folder.resolve("old.odcs.yaml"), before),
                Files.writeString(folder.resolve("new.odcs.yaml"), after));
    }
}
