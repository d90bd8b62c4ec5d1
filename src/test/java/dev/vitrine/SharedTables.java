package dev.vitrine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Real Delta tables beside the checkout, with what Spark reads from them. Tests that need them skip where they are
/// absent.
public final class SharedTables {

    private static final Path ROOT = Path.of("..", "shared", "tables");

    private SharedTables() {}

    /// A folder or file below `../shared/tables`; nobody writes there.
    public static Path table(String relative) {
        Path path = ROOT.resolve(relative).toAbsolutePath().normalize();
        assumeTrue(Files.exists(path), () -> "no shared table at " + path);
        return path;
    }

    /// Brings a copy of a table to a version, as its writer's commits would; it never goes back.
    public static Path stage(String relative, Path target, int version) throws IOException {
        Process staging = new ProcessBuilder(
                        "bash",
                        table("stage.sh").toString(),
                        table(relative).toString(),
                        target.toString(),
                        Integer.toString(version))
                .redirectErrorStream(true)
                .start();
        String output = new String(staging.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (staging.waitFor() != 0) {
                throw new IOException("staging failed: " + output);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
        return target;
    }
}
