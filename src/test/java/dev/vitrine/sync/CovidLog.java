package dev.vitrine.sync;

import dev.vitrine.SharedTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `covid_nyt` with a history of its own, in which each commit adds or removes all of its files.
final class CovidLog {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path table;
    private final List<JsonNode> actions;
    private long version;

    /// @param table does not exist yet
    CovidLog(Path table) throws IOException {
        this.table = table;
        Path covid = SharedTables.table("covid_nyt");
        Files.createDirectories(table.resolve("_delta_log"));
        try (Stream<Path> files = Files.list(covid)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, table.resolve(file.getFileName()));
            }
        }
        this.actions = Files.readAllLines(covid.resolve("_delta_log/%020d.json".formatted(0))).stream()
                .map(JSON::readTree)
                .toList();
    }

    Path table() {
        return table;
    }

    long rows() {
        return all("add").stream()
                .mapToLong(add -> JSON.readTree(add.get("stats").asString())
                        .get("numRecords")
                        .asLong())
                .sum();
    }

    /// Version 0: no row, and the change feed is on.
    void create() throws IOException {
        ObjectNode protocol = JSON.createObjectNode();
        protocol.putObject("protocol").put("minReaderVersion", 1).put("minWriterVersion", 4);
        ObjectNode metadata = JSON.createObjectNode();
        ObjectNode on = (ObjectNode) all("metaData").getFirst().deepCopy();
        on.putObject("configuration").put("delta.enableChangeDataFeed", "true");
        metadata.set("metaData", on);
        Files.writeString(commit(0), protocol + "\n" + metadata + "\n");
    }

    void insert() throws IOException {
        write(adds());
    }

    /// As `INSERT OVERWRITE` does.
    void overwrite() throws IOException {
        write(Stream.concat(removes(), adds()));
    }

    void delete() throws IOException {
        write(removes());
    }

    private Stream<JsonNode> adds() {
        return all("add").stream().map(add -> {
            // a file that is removed and added in one commit must have two names
            ObjectNode named = ((ObjectNode) add).deepCopy();
            return JSON.createObjectNode().set("add", named.put("path", name(add, version + 1)));
        });
    }

    private Stream<JsonNode> removes() {
        return all("add").stream().map(add -> {
            ObjectNode action = JSON.createObjectNode();
            action.putObject("remove")
                    .put("path", name(add, version))
                    .put("deletionTimestamp", System.currentTimeMillis())
                    .put("dataChange", true)
                    .put("extendedFileMetadata", true)
                    .put("size", add.get("size").asLong())
                    .putObject("partitionValues");
            return action;
        });
    }

    private String name(JsonNode add, long at) {
        return "v" + at + "-" + add.get("path").asString();
    }

    private void write(Stream<JsonNode> written) throws IOException {
        for (JsonNode add : all("add")) {
            Path named = table.resolve(name(add, version + 1));
            Files.createLink(named, table.resolve(add.get("path").asString()));
        }
        StringBuilder text = new StringBuilder();
        written.forEach(action -> text.append(action).append('\n'));
        version++;
        Path draft = Files.writeString(table.resolve("draft"), text);
        Files.move(draft, commit(version));
    }

    private List<JsonNode> all(String action) {
        return actions.stream()
                .filter(line -> line.has(action))
                .map(line -> line.get(action))
                .toList();
    }

    private Path commit(long number) {
        return table.resolve("_delta_log/%020d.json".formatted(number));
    }
}
