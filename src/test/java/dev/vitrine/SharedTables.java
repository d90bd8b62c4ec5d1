package dev.vitrine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
        String output = new String(staging.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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

    /// Names of the tables of the corpus, for which Spark's answers are known: one for each way to write a table.
    public static List<String> corpus() {
        return List.of(
                "a_empty",
                "a_plain",
                "b_part",
                "c_dv",
                "d_colmap_name",
                "e_types",
                "f_ckpt_cleanup",
                "f_v2ckpt_parquet",
                "g_cdf_gap",
                "h_addcol",
                "i_cluster",
                "j_overwrite");
    }
}
