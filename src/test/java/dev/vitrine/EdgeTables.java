package dev.vitrine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Small tables that Spark wrote, each about one way in which a table changes beneath those who follow it, with what
/// Spark reads from them. They lie in the test resources; `src/spark` makes them and tells what they hold.
public final class EdgeTables {

    /// What stands for the tables' folder in logs that name files by absolute paths, as those of clones do.
    private static final String ROOT = "file:/made/by/spark";

    private EdgeTables() {}

    /// The names of all.
    public static List<String> names() {
        try (Stream<Path> tables = Files.list(folder(""))) {
            return tables.map(table -> table.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What Spark reads: `s/00007.jsonl` is version 7, `v/00007.jsonl` what its commit changed, `snapshot.jsonl` the
    /// last
    /// version, `meta.json` the last schema. A file of changes is absent where Spark refuses to read them.
    public static Path truth(String name) {
        return folder(name).resolve("truth");
    }

    /// The last version.
    public static long latest(String name) {
        long version = 0;
        while (Files.exists(commit(folder(name).resolve("table"), version + 1))) {
            version++;
        }
        return version;
    }

    /// Brings a copy of a table to a version, as its writer's commits would; it never goes back. A clone needs its
    /// source
    /// staged beside it, under the source's name.
    public static Path stage(String name, Path target, long version) throws IOException {
        Path source = folder(name).resolve("table");
        String root =
                target.toAbsolutePath().resolveSibling("").toUri().toString().replaceAll("/$", "");
        List<Path> files;
        try (Stream<Path> found = Files.walk(source)) {
            files = found.filter(Files::isRegularFile)
                    .map(source::relativize)
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            boolean log = file.startsWith("_delta_log");
            String digits = file.getFileName().toString().replaceAll("\\..*", "");
            boolean due = !log || !digits.matches("\\d{20}") || Long.parseLong(digits) <= version;
            if (due && !digits.startsWith("_last_checkpoint")) {
                put(source.resolve(file.toString()), target.resolve(file.toString()), log ? root : null);
            }
        }
        return target;
    }

    /// @param root what the folder of the tables is called now; null: the file names none
    private static void put(Path from, Path to, @Nullable String root) throws IOException {
        if (Files.exists(to)) {
            return;
        }
        Path folder = Files.createDirectories(to.resolveSibling(""));
        Path draft = Files.createTempFile(folder, ".", ".draft");
        if (root != null && !from.toString().endsWith(".parquet")) {
            Files.writeString(draft, Files.readString(from).replace(ROOT, root));
        } else {
            Files.copy(from, draft, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(draft, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path commit(Path table, long version) {
        return table.resolve("_delta_log/%020d.json".formatted(version));
    }

    private static Path folder(String name) {
        try {
            return Path.of(Objects.requireNonNull(EdgeTables.class.getResource("/tables/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
