package dev.vitrine.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the authors of GraphQL over HTTP check servers with: graphql-http's audits. Skipped without Node and the
/// package
/// (`npm ci --prefix src/test/node`); the result is listed in `target/graphql-http-audit.txt`.
@GraphQlTest
class GraphQlAuditTest {

    private static final Path NODE = Path.of("src", "test", "node");

    private final int port;

    GraphQlAuditTest(@LocalServerPort int port) {
        this.port = port;
    }

    @Test
    void everyMustAndShouldHolds() throws IOException, InterruptedException {
        assumeTrue(
                Files.isDirectory(NODE.resolve("node_modules").resolve("graphql-http")),
                "graphql-http is not installed: npm ci --prefix " + NODE);
        assumeTrue(nodeRuns(), "there is no Node on the PATH");

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
        Process process = new ProcessBuilder(
                        "node",
                        "audit.js",
                        "http://localhost:" + port + Client.ADDRESS,
                        GraphQlTestApplication.token("shop:read"))
                .directory(NODE.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().map(line -> JsonMapper.shared().readTree(line)).toList();
    }

    private static boolean nodeRuns() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("node", "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException none) {
            return false;
        }
    }
}
