package dev.vitrine.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a caller is told of a collection, in one of the forms that there are.
///
/// @param status of REST, or the one that belongs to the code of GraphQL's error
/// @param items empty where it is refused
record Told(int status, List<JsonNode> items) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Map<String, Integer> STATUS =
            Map.of("invalid-request", 400, "forbidden", 403, "unknown-key", 404);

    static Told refused(int status) {
        return new Told(status, List.of());
    }

    /// Page after page; the total must be what comes.
    ///
    /// @param query of the address, each parameter with `&` behind it
    static Told byPages(Client client, String address, String query, int limit) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        String total = null;
        do {
            Reply page = client.get(
                    address + "?" + query + "limit=" + limit + (cursor.isEmpty() ? "" : "&cursor=" + cursor),
                    "Prefer",
                    "count=exact");
            if (page.status() != 200) {
                assertThat(page.header("Total-Count")).isNull();
                return refused(page.status());
            }
            items.addAll(page.json().path("items").valueStream().toList());
            total = page.header("Total-Count");
            cursor = page.json().path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        assertThat(total).as(query).isEqualTo(String.valueOf(items.size()));
        return new Told(200, items);
    }

    static Told byLines(Client client, String address, String query) {
        Reply lines = client.get(address + "?" + query, "Accept", "application/jsonl");
        return lines.status() == 200
                ? new Told(200, lines.body().lines().map(JSON::readTree).toList())
                : refused(lines.status());
    }

    /// Of each line the first cell alone; nothing else is without quotes in each of our rows.
    static Told keysByCsv(Client client, String address, String query) {
        Reply csv = client.get(address + "?" + query, "Accept", "text/csv");
        return csv.status() == 200
                ? new Told(
                        200,
                        csv.body()
                                .lines()
                                .skip(1)
                                .map(line -> line.split(",", 2)[0])
                                .<JsonNode>map(cell -> JSON.valueToTree(cell))
                                .toList())
                : refused(csv.status());
    }

    /// Page after page; the total must be what comes.
    ///
    /// @param arguments each with a comma behind it
    static Told byConnection(Client client, String collection, String arguments, String fields, int first) {
        List<JsonNode> items = new ArrayList<>();
        String after = "";
        JsonNode connection;
        do {
            Reply page = client.ask(
                    "{ %s(%s first: %d%s) { edges { node { %s } } totalCount pageInfo { hasNextPage endCursor } } }"
                            .formatted(
                                    collection,
                                    arguments,
                                    first,
                                    after.isEmpty() ? "" : ", after: \"" + after + '"',
                                    fields));
            connection = page.json().path("data").path(collection);
            if (!connection.isObject()) {
                return refused(status(page));
            }
            assertThat(page.errors()).allSatisfy(error -> assertThat(error).endsWith(" forbidden"));
            connection
                    .path("edges")
                    .valueStream()
                    .map(edge -> edge.path("node"))
                    .forEach(items::add);
            after = connection.path("pageInfo").path("hasNextPage").asBoolean()
                    ? connection.path("pageInfo").path("endCursor").asString()
                    : "";
        } while (!after.isEmpty());
        assertThat(connection.path("totalCount").asInt()).as(arguments).isEqualTo(items.size());
        return new Told(200, items);
    }

    /// Of a whole request that is refused, or of its one field.
    private static int status(Reply reply) {
        if (reply.status() != 200) {
            return reply.status();
        }
        String error = reply.errors().getFirst();
        return Objects.requireNonNull(STATUS.get(error.substring(error.lastIndexOf(' ') + 1)), error);
    }
}
