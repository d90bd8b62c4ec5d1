package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What came back; its numbers are read with every digit.
record Reply(HttpResponse<String> http) {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    int status() {
        return http.statusCode();
    }

    String body() {
        return http.body();
    }

    @Nullable
    String header(String name) {
        return http.headers().firstValue(name).orElse(null);
    }

    JsonNode json() {
        return JSON.readTree(body());
    }

    /// The entity that came back.
    Map<String, @Nullable Object> entity() {
        assertThat(status()).as(body()).isEqualTo(200);
        return members(JSON.readValue(body(), Object.class));
    }

    /// The entities of a page.
    List<Map<String, @Nullable Object>> items() {
        List<?> items = (List<?>) Objects.requireNonNull(entity().get("items"));
        return items.stream().map(Reply::members).toList();
    }

    @Nullable
    String nextCursor() {
        return (String) entity().get("nextCursor");
    }

    /// Expects a problem of that status and code.
    Reply isProblem(int status, String code) {
        assertThat(status()).as(body()).isEqualTo(status);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(json().path("code").asString()).isEqualTo(code);
        assertThat(json().path("type").asString()).endsWith("/problems/" + code);
        return this;
    }

    /// Expects that the problem names these parameters, each with what is wrong.
    Reply naming(String... parameters) {
        assertThat(json().path("errors")
                        .valueStream()
                        .map(error -> error.path("parameter").asString()))
                .as(body())
                .containsExactlyInAnyOrder(parameters);
        return this;
    }

    Reply saying(String... parts) {
        assertThat(json().path("detail").asString()).contains(parts);
        return this;
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> members(@Nullable Object object) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(object);
    }
}
