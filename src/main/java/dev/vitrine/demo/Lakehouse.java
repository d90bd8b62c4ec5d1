package dev.vitrine.demo;

import dev.vitrine.contract.Contracts;
import dev.vitrine.delta.write.Changes;
import dev.vitrine.delta.write.DeltaWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The folder of the sample shop's gold tables.
record Lakehouse(Path gold) {

    /// How long old versions of the tables can be read. A reader that was away for longer loads the table anew.
    static final Duration HISTORY = Duration.ofHours(1);

    Lakehouse {
        gold = gold.toAbsolutePath().normalize();
    }

    /// Where it is below `vitrine.data`.
    static Lakehouse below(Path data) {
        return new Lakehouse(data.resolve("lakehouse/gold"));
    }

    /// Whether a contract in force reads a table from here.
    boolean isReadBy(Contracts contracts) {
        Set<Path> tables = Stream.of(SampleTable.values()).map(this::path).collect(Collectors.toSet());
        return contracts.tables().stream()
                .map(table -> table.location().replaceFirst("^file:(//)?", ""))
                .filter(location -> !location.contains("://"))
                .anyMatch(location ->
                        tables.contains(Path.of(location).toAbsolutePath().normalize()));
    }

    /// Makes the tables that are missing; each appears whole. What a killed process left half made is thrown away.
    void make() throws IOException {
        List<SampleTable> missing = Stream.of(SampleTable.values())
                .filter(table -> Files.notExists(path(table).resolve("_delta_log")))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        Files.createDirectories(gold);
        SampleShop shop = new SampleShop();
        for (SampleTable table : missing) {
            Path draft = gold.resolve("." + table.folder() + ".draft");
            delete(draft);
            delete(path(table));
            DeltaWriter.create(draft, table.columns(), table.key(), HISTORY)
                    .commit(Changes.inserting(shop.rows(table)));
            Files.move(draft, path(table));
        }
    }

    /// Goes on writing a table.
    DeltaWriter open(SampleTable table) throws IOException {
        return DeltaWriter.open(path(table), table.key());
    }

    Path path(SampleTable table) {
        return gold.resolve(table.folder());
    }

    private static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
