package dev.vitrine.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What came back; its numbers are read with every digit.
record Reply(HttpResponse<String> http) {

    private static final JsonMapper JSON = JsonMapper.builder()
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

    /// The data of an answer without errors.
    JsonNode data() {
        assertThat(status()).as(body()).isEqualTo(200);
        assertThat(json().has("errors")).as(body()).isFalse();
        return json().path("data");
    }

    /// The data of an answer, whatever its errors.
    JsonNode partialData() {
        assertThat(status()).as(body()).isEqualTo(200);
        return json().path("data");
    }

    /// `customers/edges/0/node/phone forbidden`, one line an error.
    List<String> errors() {
        return json().path("errors")
                .valueStream()
                .map(error -> String.join(
                                "/",
                                error.path("path")
                                        .valueStream()
                                        .map(JsonNode::asString)
                                        .toList())
                        + " "
                        + error.path("extensions").path("code").asString())
                .map(String::strip)
                .toList();
    }

    /// Expects that the request could not be run, for one reason.
    Reply isRefused(int status, String code) {
        assertThat(status()).as(body()).isEqualTo(status);
        assertThat(json().has("data")).as(body()).isFalse();
        assertThat(errors()).as(body()).containsExactly(code);
        return this;
    }

    Reply isProblem(int status, String code) {
        assertThat(status()).as(body()).isEqualTo(status);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(json().path("code").asString()).isEqualTo(code);
        return this;
    }

    String firstMessage() {
        return json().path("errors").path(0).path("message").asString();
    }
}
