package dev.vitrine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/// Checks a problem in an answer.
record Problem(HttpResponse<String> answer, JsonNode body) {

    static Problem in(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type"))
                .as(answer.body())
                .contains("application/problem+json");
        return new Problem(answer, Client.json(answer));
    }

    Problem is(int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(body.path("status").asInt()).isEqualTo(status);
        assertThat(body.path("code").asString()).isEqualTo(code);
        assertThat(body.path("type").asString()).matches("http://localhost:\\d+/problems/" + code);
        assertThat(body.path("title").asString()).isNotBlank();
        assertThat(body.path("detail").asString()).isNotBlank();
        assertThat(body.path("instance").asString()).startsWith("/");
        return this;
    }

    Problem names(String... parameters) {
        assertThat(body.path("errors")
                        .valueStream()
                        .map(error -> error.path("parameter").asString()))
                .containsExactlyInAnyOrder(parameters);
        assertThat(body.path("errors").valueStream()).allSatisfy(error -> {
            assertThat(error.path("code").asString()).matches("[a-z-]+");
            assertThat(error.path("detail").asString()).isNotBlank();
        });
        return this;
    }

    Problem saying(String part) {
        assertThat(body.path("detail").asString()).contains(part);
        return this;
    }
}
