package dev.vitrine.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Every way in which an exchange can differ from its description is found.
class ApiDescriptionTest {

    private static final ApiDescription THINGS = new ApiDescription(bytes("""
            {"openapi": "3.1.0",
             "paths": {"/api/p/v1/things/{id}": {"get": {
               "parameters": [
                 {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}},
                 {"name": "fields", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}],
               "responses": {
                 "200": {"headers": {"Version": {"required": true, "schema": {"type": "integer"}}},
                         "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                 "404": {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}}}}},
             "components": {
               "headers": {"Version": {}, "Total": {}},
               "schemas": {
                 "Thing": {"type": "object", "required": ["id"], "properties": {
                   "id": {"type": "integer"}, "at": {"type": ["string", "null"], "format": "date-time"}}},
                 "Problem": {"type": "object", "required": ["status"], "properties": {"status": {"type": "integer"}}}}}}
            """), false);

    private static final String THING = "{\"id\":1,\"at\":\"2026-01-06T10:00:01Z\"}";

    @Test
    void whatIsDescribedIsRight() {
        assertThat(found("GET", "things/1", null, 200, "application/json", THING))
                .isEmpty();
        assertThat(found("HEAD", "things/1", null, 200, "application/json", "")).isEmpty();
        assertThat(found("GET", "things/1", "fields=at", 200, "application/json", "{\"at\":null}"))
                .isEmpty();
        assertThat(found("GET", "things/x%2Fy", null, 404, "application/problem+json", "{\"status\":404}"))
                .isEmpty();
        assertThat(found("PATCH", "nothing", null, 404, "application/problem+json", "{\"status\":404}"))
                .isEmpty();
        assertThat(found("OPTIONS", "things", null, 204, "", "")).isEmpty();
    }

    @Test
    void whatIsNotDescribedIsFound() {
        assertThat(found("GET", "others", null, 200, "application/json", THING))
                .containsExactly("the path is not described");
        assertThat(found("PUT", "things/1", null, 200, "application/json", THING))
                .singleElement()
                .asString()
                .startsWith("the method is not described");
        assertThat(found("GET", "things/1", null, 206, "application/json", THING))
                .singleElement()
                .asString()
                .startsWith("the status is not described");
        assertThat(found("GET", "things/1", null, 200, "text/html", THING))
                .containsExactly("the content type text/html is not described");
        assertThat(found("GET", "things/1", "other=1", 200, "application/json", THING))
                .containsExactly("the query parameter other is not described");
    }

    @Test
    void aBodyThatDoesNotFitIsFound() {
        assertThat(found("GET", "things/1", null, 200, "application/json", "{\"id\":\"1\"}"))
                .hasSize(1);
        assertThat(found("GET", "things/1", null, 200, "application/json", "{}"))
                .hasSize(1);
        assertThat(found("GET", "things/1", null, 200, "application/json", "{\"id\":1,\"more\":1}"))
                .hasSize(1);
        assertThat(found("GET", "things/1", null, 200, "application/json", "{\"id\":1,\"at\":\"10:00\"}"))
                .hasSize(1);
        assertThat(found("GET", "things/1", null, 200, "application/json", "{")).hasSize(1);
        assertThat(found("GET", "things/x", null, 200, "application/json", THING))
                .hasSize(1);
        assertThat(found("GET", "others", null, 404, "application/problem+json", "{\"status\":400}"))
                .hasSize(1);
        assertThat(found("GET", "others", null, 404, "text/html", "")).hasSize(1);
    }

    @Test
    void headersAreLookedAtToo() {
        Map<String, List<String>> headers = Map.of("content-type", List.of("application/json"));

        assertThat(check(exchange("GET", "things/1", null, 200, headers, THING)))
                .containsExactly("the header Version is missing");
        Map<String, List<String>> more = new HashMap<>(headers);
        more.putAll(Map.of("version", List.of("seven"), "total", List.of("7")));
        assertThat(check(exchange("GET", "things/1", null, 200, more, THING)))
                .hasSize(2)
                .contains("the header Total is not described");
    }

    private static List<String> found(
            String method, String path, @Nullable String query, int status, String type, String body) {
        Map<String, List<String>> headers = status == 200
                ? Map.of("content-type", List.of(type), "version", List.of("7"))
                : Map.of("content-type", List.of(type));
        return check(exchange(method, path, query, status, headers, body));
    }

    private static List<String> check(Exchange exchange) {
        return ApiDescription.check(exchange, Map.of("/api/p/v1/", THINGS));
    }

    private static Exchange exchange(
            String method,
            String path,
            @Nullable String query,
            int status,
            Map<String, List<String>> headers,
            String body) {
        return new Exchange(method, "/api/p/v1/" + path, query, Map.of(), new byte[0], status, headers, bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
