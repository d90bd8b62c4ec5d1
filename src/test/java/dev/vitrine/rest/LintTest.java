package dev.vitrine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What linters say of the published OpenAPI documents: nothing, not even a warning. Which rules are off, and why,
/// stands in `src/test/node/spectral.yaml` and `redocly.yaml`.
class LintTest {

    @Test
    void spectralFindsNothing() throws Exception {
        Node.assumeInstalled("@stoplight/spectral-cli", 20);

        passes(
                "node_modules/@stoplight/spectral-cli/dist/index.js",
                "lint",
                "--ruleset",
                "spectral.yaml",
                "--fail-severity",
                "warn");
    }

    @Test
    void redoclyFindsNothing() throws Exception {
        Node.assumeInstalled("@redocly/cli", 20);

        Node.Output output =
                passes("node_modules/@redocly/cli/bin/cli.js", "lint", "--config", "redocly.yaml", "--format", "json");

        assertThat(output.text()).contains("\"warnings\": 0").doesNotContainPattern("\"warnings\": [1-9]");
    }

    private static Node.Output passes(String script, String... arguments) throws IOException, InterruptedException {
        Node.Output output = Node.run(
                script,
                Stream.concat(Stream.of(arguments), documents().stream()).toArray(String[]::new));
        assertThat(output.exitCode()).as(output.text() + output.errors()).isZero();
        return output;
    }

    private static List<String> documents() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("api-contracts"))) {
            List<String> documents = files.filter(file -> file.endsWith("openapi.yaml"))
                    .map(file -> file.toAbsolutePath().toString())
                    .sorted()
                    .toList();
            assertThat(documents).isNotEmpty();
            return documents;
        }
    }
}
