package tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/// Writes the tables of [Scripts] below a folder, each with what Spark reads from it.
public final class MakeTables {

    /// What stands in the logs instead of the folder that the tables were written in: clones name their source's files
    /// by absolute paths.
    private static final String ROOT = "file:/made/by/spark";

    private MakeTables() {}

    /// @param arguments the folder; names of tables, separated by commas: none means all
    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[0]).toAbsolutePath().normalize();
        List<String> only = arguments.length > 1 && !arguments[1].isBlank() ? List.of(arguments[1].split(",")) : List.of();
        Path work = Files.createTempDirectory("tables").toRealPath();
        SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.shuffle.partitions", "1")
                .config("spark.sql.warehouse.dir", work.resolve("warehouse").toString())
                .config("spark.ui.enabled", "false")
                .config("spark.databricks.delta.snapshotPartitions", "1")
                .config("spark.databricks.delta.properties.defaults.enableChangeDataFeed", "true")
                .config("spark.databricks.delta.properties.defaults.enableDeletionVectors", "false")
                .getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
        for (Map.Entry<String, List<Scripts.Step>> table : Scripts.all().entrySet()) {
            String name = table.getKey();
            if (!only.isEmpty() && !only.contains(name)) {
                continue;
            }
            Path folder = target.resolve(name);
            delete(folder);
            Truth truth = new Truth(spark, work.resolve(name), folder.resolve("truth"));
            for (Scripts.Step step : table.getValue()) {
                step.run(spark, work);
                truth.follow();
            }
            truth.end();
            copy(name, work, folder.resolve("table"));
            System.out.println(name);
        }
        spark.stop();
        delete(work);
    }

    /// Checkpoints of a clone are left out: their paths cannot be changed as text, and its commits tell the same.
    private static void copy(String name, Path work, Path to) throws IOException {
        Path from = work.resolve(name);
        List<Path> files;
        try (Stream<Path> found = Files.walk(from)) {
            files = found.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> !name.equals("clone") || !file.toString().contains("checkpoint"))
                    .toList();
        }
        for (Path file : files) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            if (file.toString().matches(".*\\.(json|crc)")) {
                Files.writeString(copy, Files.readString(file).replace("file:" + work, ROOT).replace("file://" + work, ROOT));
            } else {
                Files.copy(file, copy);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> found = Files.walk(folder)) {
                for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
