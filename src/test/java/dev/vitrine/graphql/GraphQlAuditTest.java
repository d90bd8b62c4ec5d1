package dev.vitrine.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the authors of GraphQL over HTTP check servers with: graphql-http's audits. Skipped without Node and the
/// package
/// (`npm ci --prefix src/test/node`); the result is listed in `target/graphql-http-audit.txt`.
@GraphQlTest
class GraphQlAuditTest {

    private final int port;

    GraphQlAuditTest(@LocalServerPort int port) {
        this.port = port;
    }

    @Test
    void everyMustAndShouldHolds() throws IOException, InterruptedException {
        Node.assumeInstalled("graphql-http", 18);

        List<JsonNode> audits = audits();
        List<String> lines = audits.stream()
                .map(audit -> "%s %s %s"
                        .formatted(
                                audit.path("status").asString(),
                                audit.path("id").asString(),
                                audit.path("name").asString()))
                .toList();
        Files.write(Path.of("target", "graphql-http-audit.txt"), lines);

        assertThat(audits).hasSizeGreaterThan(50);
        assertThat(audits)
                .filteredOn(audit -> !audit.path("name").asString().startsWith("MAY"))
                .allSatisfy(audit -> assertThat(audit.path("status").asString())
                        .as("%s: %s", audit.path("name"), audit.path("reason"))
                        .isEqualTo("ok"));
    }

    private List<JsonNode> audits() throws IOException, InterruptedException {
        Node.Output output = Node.run(
                "audit.js", "http://localhost:" + port + Client.ADDRESS, GraphQlTestApplication.token("shop:read"));
        assertThat(output.exitCode()).as(output.text() + output.errors()).isZero();
        return output.text()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }
}
