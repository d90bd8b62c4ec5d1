package dev.vitrine.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Asks for one caller, in every form, and compares with what he may know.
///
/// @param as whose answers these are, for the messages
record RevealedTo(Client client, Allowed allowed, Random random, String as) {

    static final String API = "/api/shop/v1/";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int EXPANDED = 20;
    private static final Map<String, String> SHAPES = Map.of(
            "customers", "customerId region balance phone contact { email }",
            "orders", "orderId customerId managerId total lines { part price }",
            "stores", "country number city");

    /// What to ask a collection.
    ///
    /// @param parameters of REST, each with `&` behind it
    /// @param arguments of GraphQL, each with a comma behind it
    /// @param restricted whether it names a restricted field
    record Question(
            String collection, String parameters, String arguments, boolean restricted, Predicate<JsonNode> test) {}

    /// As it stands in addresses.
    static String key(String collection, JsonNode row) {
        return switch (collection) {
            case "customers" -> row.path("customerId").asString();
            case "orders" -> row.path("orderId").asString();
            default -> row.path("country").asString() + ',' + row.path("number").asString();
        };
    }

    void checkQuestion(Question question) {
        String collection = question.collection;
        int status = status(collection, question.restricted);
        // to ask for a restricted value is to ask of the rows that show it
        Predicate<JsonNode> test =
                question.restricted ? question.test.and(row -> allowed.shows(collection, row)) : question.test;
        List<JsonNode> rows =
                status == 200 ? List.copyOf(allowed.of(collection, test).values()) : List.of();
        String address = API + collection;
        String what = as + " asks " + collection + " for " + question.parameters;
        int size = random.nextInt(20, 201);

        assertThat(Told.byPages(client, address, question.parameters, size))
                .as(what)
                .isEqualTo(new Told(status, rows));
        assertThat(Told.byLines(client, address, question.parameters)).as(what).isEqualTo(new Told(status, rows));
        assertThat(Told.keysByCsv(client, address, question.parameters))
                .as(what)
                .isEqualTo(new Told(
                        status, rows.stream().map(RevealedTo::firstCell).toList()));
        assertThat(Told.byConnection(client, collection, question.arguments, shape(collection), size))
                .as(what)
                .isEqualTo(new Told(
                        status,
                        rows.stream().map(row -> shaped(collection, row)).toList()));
    }

    /// One by one, many at once, and by GraphQL.
    void checkKeys(String collection) {
        boolean closed = allowed.isClosed(collection);
        Map<String, JsonNode> seen = allowed.of(collection, row -> true);
        List<JsonNode> some = new ArrayList<>(
                Objects.requireNonNull(allowed.rows().get(collection)).values());
        Collections.shuffle(some, random);
        some = some.subList(0, Math.min(some.size(), 40));

        for (JsonNode row : some.subList(0, Math.min(some.size(), 4))) {
            Reply one = client.get(API + collection + '/' + key(collection, row));
            JsonNode expected = seen.get(key(collection, row));
            assertThat(one.status()).as(as).isEqualTo(closed ? 403 : expected == null ? 404 : 200);
            if (expected != null) {
                assertThat(one.json()).as(as).isEqualTo(expected);
            }
        }
        String keys = String.join(
                ",", some.stream().map(row -> jsonKey(collection, row)).toList());
        Reply batch = client.postTo(API + collection + ":batchGet", "{\"keys\":[" + keys + "]}");
        assertThat(batch.status()).as(as).isEqualTo(closed ? 403 : 200);
        for (int i = 0; i < some.size() && !closed; i++) {
            JsonNode item = batch.json().path("items").path(i);
            JsonNode expected = seen.get(key(collection, some.get(i)));
            assertThat(item.path("status").asInt()).as(as).isEqualTo(expected == null ? 404 : 200);
            assertThat(item.get("entity")).as(as).isEqualTo(expected);
        }
        if (collection.equals("customers")) {
            JsonNode row = some.getFirst();
            Reply one = client.ask(
                    "{ customer(customerId: %s) { %s } }".formatted(key(collection, row), shape(collection)));
            JsonNode expected = seen.get(key(collection, row));
            JsonNode customer = one.json().path("data").path("customer");
            if (expected == null) {
                assertThat(customer.isObject()).as(as).isFalse();
            } else {
                assertThat(customer).as(as).isEqualTo(shaped(collection, expected));
            }
        }
    }

    /// Only where the field is open on all rows that come: the order would tell the others.
    void checkSort() {
        int status = status("customers", true);
        String what = as + " sorts by balance";
        Told pages = Told.byPages(client, API + "customers", "sort=-balance&", 50);
        List<JsonNode> rows =
                new ArrayList<>(allowed.of("customers", row -> true).values());
        if (status == 200 && pages.status() == 400) {
            assertThat(rows).as(what).isNotEmpty();
        } else {
            assertThat(pages.status()).as(what).isEqualTo(status);
        }
        if (pages.status() == 200) {
            assertThat(rows).as(what).allMatch(row -> row.has("balance"));
            rows.sort(Comparator.comparing((JsonNode row) -> row.path("balance").decimalValue())
                    .reversed());
            assertThat(pages.items()).as(what).isEqualTo(rows);
        }
        assertThat(Told.byLines(client, API + "customers", "sort=-balance&"))
                .as(what)
                .isEqualTo(pages);
        assertThat(Told.keysByCsv(client, API + "customers", "sort=-balance&").status())
                .as(what)
                .isEqualTo(pages.status());
        assertThat(Told.byConnection(
                        client, "customers", "sort: {field: balance, direction: DESC},", "customerId balance", 50))
                .as(what)
                .isEqualTo(new Told(
                        pages.status(),
                        pages.items().stream()
                                .map(row -> (JsonNode) ((ObjectNode) row.deepCopy()).retain("customerId", "balance"))
                                .toList()));
    }

    /// Restricted fields by name: of a row that does not show them they are left out.
    void checkFields() {
        for (String field : List.of("balance", "phone", "contact.email")) {
            String root = field.substring(0, field.contains(".") ? field.indexOf('.') : field.length());
            List<JsonNode> rows = allowed.of("customers", row -> true).values().stream()
                    .map(row -> (JsonNode) ((ObjectNode) row.deepCopy()).retain(root))
                    .toList();
            int status = status("customers", true);
            Told expected = new Told(status, status == 200 ? rows : List.of());
            String query = "fields=" + field + '&';
            assertThat(Told.byPages(client, API + "customers", query, 100))
                    .as(as + query)
                    .isEqualTo(expected);
            assertThat(Told.byLines(client, API + "customers", query))
                    .as(as + query)
                    .isEqualTo(expected);
            assertThat(Told.keysByCsv(client, API + "customers", query).status())
                    .as(as + query)
                    .isEqualTo(status);
        }
        assertThat(Told.byPages(client, API + "orders", "fields=managerId&", 100)
                        .status())
                .as(as)
                .isEqualTo(status("orders", true));
    }

    /// Along relations, by their address, expanded, and in GraphQL; also along one whose foreign key is restricted.
    void checkRelations() {
        boolean closed = allowed.isClosed("customers") || allowed.isClosed("orders");
        Map<String, JsonNode> customers = allowed.of("customers", row -> true);
        for (String relation : List.of("orders", "managed")) {
            String id = Integer.toString(1 + random.nextInt(8));
            int status = closed ? 403 : customers.containsKey(id) ? 200 : 404;
            assertThat(Told.byPages(client, API + "customers/" + id + '/' + relation, "", 20))
                    .as(as + relation)
                    .isEqualTo(new Told(status, status == 200 ? ordersOf(relation, id) : List.of()));
        }
        Reply page = client.get(API + "customers?limit=10&expand=orders,managed");
        assertThat(page.status()).as(as).isEqualTo(closed ? 403 : 200);
        Reply graph = client.ask(
                "{ customers(first: 10) { edges { node { customerId orders(first: 20) { ...o } managed(first: 20) { ...o } } } } }"
                        + " fragment o on OrderConnection { totalCount edges { node { orderId } } }");
        page.json().path("items").valueStream().forEach(customer -> {
            String id = key("customers", customer);
            for (String relation : List.of("orders", "managed")) {
                List<JsonNode> expected = ordersOf(relation, id);
                assertThat(customer.path(relation).path("items").valueStream())
                        .as(as + relation)
                        .isEqualTo(expected.subList(0, Math.min(EXPANDED, expected.size())));
                assertThat(customer.path(relation).path("nextCursor").isNull())
                        .as(as)
                        .isEqualTo(expected.size() <= EXPANDED);
            }
        });
        graph.json().path("data").path("customers").path("edges").valueStream().forEach(edge -> {
            JsonNode node = edge.path("node");
            for (String relation : List.of("orders", "managed")) {
                List<JsonNode> expected = closed ? List.of() : ordersOf(relation, key("customers", node));
                assertThat(node.path(relation).path("totalCount").asInt(0))
                        .as(as)
                        .isEqualTo(expected.size());
                assertThat(node.path(relation).findValuesAsString("orderId"))
                        .as(as)
                        .isEqualTo(expected.stream()
                                .limit(20)
                                .map(order -> key("orders", order))
                                .toList());
            }
        });
        checkTargets(closed, customers);
    }

    private void checkTargets(boolean closed, Map<String, JsonNode> customers) {
        Reply page = client.get(API + "orders?limit=30&expand=customer,manager");
        assertThat(page.status()).as(as).isEqualTo(closed ? 403 : 200);
        page.json().path("items").valueStream().forEach(order -> {
            assertThat(order.path("customer")).as(as).isEqualTo(target(customers, order.path("customerId")));
            assertThat(order.path("manager")).as(as).isEqualTo(target(customers, order.path("managerId")));
        });
        Reply graph = client.ask(
                "{ orders(first: 30) { edges { node { customerId managerId customer { %1$s } manager { %1$s } } } } }"
                        .formatted(shape("customers")));
        graph.json().path("data").path("orders").path("edges").valueStream().forEach(edge -> {
            JsonNode node = edge.path("node");
            for (String name : List.of("customer", "manager")) {
                JsonNode expected = closed ? JSON.nullNode() : target(customers, node.path(name + "Id"));
                assertThat(node.path(name))
                        .as(as)
                        .isEqualTo(expected.isNull() ? expected : shaped("customers", expected));
            }
        });
    }

    private static JsonNode target(Map<String, JsonNode> customers, JsonNode key) {
        return customers.getOrDefault(key.asString(""), JSON.nullNode());
    }

    /// An order is among those that somebody manages only where it shows who manages it.
    private List<JsonNode> ordersOf(String relation, String customer) {
        String field = relation.equals("orders") ? "customerId" : "managerId";
        return List.copyOf(allowed.of(
                        "orders",
                        row -> row.path(field).asString("").equals(customer)
                                && (relation.equals("orders") || allowed.shows("orders", row)))
                .values());
    }

    private int status(String collection, boolean restricted) {
        return allowed.isClosed(collection) ? 403 : restricted && !allowed.knows(collection) ? 400 : 200;
    }

    private static String jsonKey(String collection, JsonNode row) {
        return switch (collection) {
            case "customers" -> row.path("customerId").toString();
            case "orders" -> row.path("orderId").toString();
            default -> ((ObjectNode) row.deepCopy()).retain("country", "number").toString();
        };
    }

    private static JsonNode firstCell(JsonNode row) {
        return JSON.valueToTree(row.iterator().next().asString());
    }

    /// As GraphQL shows the row: what is hidden is null.
    private static JsonNode shaped(String collection, JsonNode row) {
        JsonNode copy = row.deepCopy();
        ObjectNode shaped = JSON.createObjectNode();
        for (String name : shape(collection).split(" ")) {
            if (name.matches("[a-zA-Z]+") && !List.of("email", "part", "price").contains(name)) {
                shaped.set(name, orNull(copy.get(name)));
            }
        }
        shaped.path("lines").valueStream().forEach(line -> {
            if (line instanceof ObjectNode object && !object.has("price")) {
                object.putNull("price");
            }
        });
        return shaped;
    }

    private static String shape(String collection) {
        return Objects.requireNonNull(SHAPES.get(collection));
    }

    private static JsonNode orNull(@Nullable JsonNode value) {
        return value == null ? JSON.nullNode() : value;
    }
}
