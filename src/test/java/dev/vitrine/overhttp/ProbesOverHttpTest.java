package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What Kubernetes asks: open to anybody, and true.
class ProbesOverHttpTest extends OverHttp {

    @Test
    void isReadyOnceTheTablesAreLoadedThoughSomeAreMissing() throws Exception {
        Reply ready = until(reply -> reply.status() == 200, "", "/actuator/health/readiness");

        assertThat(ready.json().at("/components/caughtUp/status").asString()).isEqualTo("UP");
        Reply tables = get(TOKENS.with("vitrine:operate"), "/actuator/health");
        assertThat(tables.json().at("/components/tables/details").toString())
                .as("every table is either served or known to be out of reach")
                .doesNotContain("\"UNKNOWN\"")
                .contains("\"WAITING\"");
    }

    @Test
    void isAliveWhateverItsTablesDo() {
        Reply alive = get("", "/actuator/health/liveness");

        assertThat(alive.status()).isEqualTo(200);
        assertThat(alive.json().at("/components").toString()).doesNotContain("tables", "caughtUp");
    }
}
