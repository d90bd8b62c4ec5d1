package dev.vitrine.graphql.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.odcs.ContractsFolder;
import dev.vitrine.contract.odcs.Environment;
import graphql.GraphQLContext;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductSchemaTest {

    @TempDir
    Path folder;

    @Test
    void everyKindOfFieldHasItsType() {
        GraphQLSchema schema = schema("src/test/resources/graphql", Map.of());

        assertThat(types(schema, "Customer"))
                .containsEntry("customerId", "Long!")
                .containsEntry("name", "String!")
                .containsEntry("balance", "Decimal")
                .containsEntry("since", "Date")
                .containsEntry("seenAt", "DateTime")
                .containsEntry("localAt", "LocalDateTime")
                .containsEntry("score", "Decimal")
                .containsEntry("wealth", "DecimalString")
                .containsEntry("ticket", "LongString")
                .containsEntry("active", "Boolean")
                .containsEntry("opens", "Time")
                .containsEntry("photo", "Base64")
                .containsEntry("first_name", "String")
                .containsEntry("address", "CustomerAddress!")
                .containsEntry("contact", "CustomerContact")
                .containsEntry("tags", "[String]")
                .containsEntry("visits", "JSON")
                .containsEntry("orders", "OrderConnection")
                .containsEntry("managed", "OrderConnection");
        assertThat(types(schema, "Order"))
                .containsEntry("lines", "[OrderLine]")
                .containsEntry("customer", "Customer")
                .containsEntry("store", "Store");
    }

    @Test
    void namesThatAreTakenAreGivenInAnotherForm() {
        GraphQLSchema schema = schema("src/test/resources/graphql", Map.of());
        assertThat(types(schema, "Query"))
                .containsEntry("date", "Date_Connection")
                .containsEntry("dateByKey", "Date_")
                .containsEntry("store", "Store");
        assertThat(Objects.requireNonNull(schema.getObjectType("Customer").getFieldDefinition("first_name"))
                        .getDescription())
                .isEqualTo("Called `first-name` in the contract and in REST.");
    }

    @Test
    void whateverAContractMaySayMakesASchemaThatCanBeParsed() throws IOException {
        GraphQLSchema everything =
                schema("src/test/resources/contract", Map.of("folder", "lake"), "everything.odcs.yaml");
        new SchemaParser().parse(SchemaText.of(everything));
        assertThat(types(everything, "Query")).containsKeys("order_lines", "orderLine", "shops", "shop");
        assertThat(types(everything, "OrderLine"))
                .containsEntry("nested", "JSON")
                .containsEntry("history", "[[OrderLineHistory]]");

        Path odd = Files.createDirectories(folder.resolve("odd"));
        Files.writeString(odd.resolve("odd.odcs.yaml"), """
                apiVersion: v3.1.0
                kind: DataContract
                id: odd
                name: odd
                version: 1.0.0
                status: active
                servers: [{server: here, type: local, format: delta, path: /nowhere}]
                schema:
                  - name: query
                    customProperties: [{property: typeName, value: Query}]
                    properties:
                      - {name: größe, logicalType: string, primaryKey: true}
                      - {name: __typename, logicalType: string, customProperties: [{property: filterable, value: true}]}
                      - {name: 2nd, logicalType: date}
                      - {name: a-b, logicalType: string, customProperties: [{property: filterable, value: true}]}
                      - {name: a_b, logicalType: string, customProperties: [{property: filterable, value: true}]}
                      - {name: "true", logicalType: boolean, customProperties: [{property: filterable, value: true}]}
                      - {name: first, logicalType: integer}
                  - name: a.b
                    customProperties: [{property: typeName, value: QueryConnection}]
                    properties: [{name: first, logicalType: integer, primaryKey: true}]
                roles: [{role: r, access: read}]
                """);
        GraphQLSchema named = schema(odd.toString(), Map.of());
        new SchemaParser().parse(SchemaText.of(named));
        assertThat(types(named, "Query")).containsOnlyKeys("query", "queryByKey", "a_b", "queryConnection");
        assertThat(types(named, "Query_"))
                .containsOnlyKeys("gro_e", "_typename", "_2nd", "a_b", "a_b_", "true", "first");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Long | 9007199254740993 | 9007199254740993",
                "Decimal | 9.50 | 9.50",
                "Decimal | 1.5E+3 | 1500",
                "Date | 2026-01-06 | 2026-01-06",
                "DateTime | 2026-01-06T12:00:00+02:00 | 2026-01-06T10:00:00Z",
                "LocalDateTime | 2026-01-06T12:00:00.10 | 2026-01-06T12:00:00.1"
            })
    void argumentsBecomeTheTextThatFiltersAreWrittenAs(String scalar, String value, String text) {
        assertThat(coerced(scalar, value)).isEqualTo(text);
    }

    @Test
    void argumentsOfAnotherTypeAreRefused() {
        assertThat(coerced("Long", 7)).isEqualTo("7");
        assertThat(coerced("Decimal", new BigDecimal("0.10"))).isEqualTo("0.10");
        for (Object wrong : new Object[] {"x", true, new BigDecimal("1.5"), "9223372036854775808"}) {
            assertThatThrownBy(() -> coerced("Long", wrong)).isInstanceOf(CoercingParseValueException.class);
        }
        for (Object wrong : new Object[] {7, "2026-02-30", "yesterday"}) {
            assertThatThrownBy(() -> coerced("Date", wrong)).isInstanceOf(CoercingParseValueException.class);
        }
        assertThatThrownBy(() -> coerced("JSON", "{}")).isInstanceOf(CoercingParseValueException.class);
    }

    private static Object coerced(String scalar, Object value) {
        GraphQLScalarType type = Scalars.own().stream()
                .filter(own -> own.getName().equals(scalar))
                .findFirst()
                .orElseThrow();
        return Objects.requireNonNull(type.getCoercing().parseValue(value, GraphQLContext.getDefault(), Locale.ROOT));
    }

    private static Map<String, String> types(GraphQLSchema schema, String name) {
        GraphQLObjectType type = Objects.requireNonNull(schema.getObjectType(name));
        return type.getFieldDefinitions().stream()
                .collect(java.util.stream.Collectors.toMap(
                        field -> field.getName(), field -> GraphQLTypeUtil.simplePrint(field.getType())));
    }

    private GraphQLSchema schema(String from, Map<String, String> values, String... files) {
        Path contracts = Path.of(from);
        try {
            if (files.length > 0) {
                Path copy = Files.createDirectories(folder.resolve("copy"));
                for (String file : files) {
                    Files.copy(contracts.resolve(file), copy.resolve(file));
                }
                contracts = copy;
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        DataProduct product = ContractsFolder.read(contracts, new Environment(null, true, values::get))
                .products()
                .getFirst();
        return ProductSchema.of(product);
    }
}
