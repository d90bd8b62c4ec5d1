package dev.vitrine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The start as people see it: a process of its own, without anything of the tests.
class StartTest {

    @TempDir
    Path data;

    @Test
    void brokenContractsRefuseTheStartWithAllTheirProblems() throws Exception {
        Process start = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        classPath(),
                        Vitrine.class.getName(),
                        "--server.port=0",
                        "--vitrine.contracts=src/test/resources/contract/broken",
                        "--vitrine.data=" + data)
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(start.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(start.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(start.exitValue()).isEqualTo(1);
            assertThat(output)
                    .contains("The contracts cannot be served:", "duplicate-key.odcs.yaml", "roles.odcs.yaml:", "→ ")
                    .doesNotContain("\tat ", "Exception");
        } finally {
            start.destroyForcibly();
        }
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
