package dev.vitrine.delta.write;

import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The commit files of one table. A commit appears whole, and never over another.
record CommitLog(Path table) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /// One line of a commit file.
    record Action(String name, Map<String, ?> body) {}

    /// The first actions of a table: its protocol and its schema.
    static List<Action> creation(StructType schema, Map<String, String> properties) {
        boolean localTimestamps = schema.toJson().contains("\"" + TimestampNTZType.TIMESTAMP_NTZ + "\"");
        List<String> writerFeatures = new ArrayList<>(List.of("appendOnly", "invariants", "changeDataFeed"));
        Map<String, Object> protocol = new LinkedHashMap<>();
        protocol.put("minReaderVersion", localTimestamps ? 3 : 1);
        protocol.put("minWriterVersion", 7);
        if (localTimestamps) {
            protocol.put("readerFeatures", List.of("timestampNtz"));
            writerFeatures.add("timestampNtz");
        }
        protocol.put("writerFeatures", writerFeatures);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("id", UUID.randomUUID().toString());
        metadata.put("format", Map.of("provider", "parquet", "options", Map.of()));
        metadata.put("schemaString", DataTypeJsonSerDe.serializeStructType(schema));
        metadata.put("partitionColumns", List.of());
        metadata.put("configuration", properties);
        metadata.put("createdTime", Instant.now().toEpochMilli());
        return List.of(new Action("protocol", protocol), new Action("metaData", metadata));
    }

    static Action add(DataFile file) {
        Map<String, @Nullable Object> body = fileBody(file);
        body.put("modificationTime", file.modified());
        body.put("dataChange", true);
        body.put("stats", file.statistics());
        return new Action("add", body);
    }

    static Action remove(DataFile file) {
        Map<String, @Nullable Object> body = fileBody(file);
        body.put("deletionTimestamp", Instant.now().toEpochMilli());
        body.put("dataChange", true);
        body.put("extendedFileMetadata", true);
        return new Action("remove", body);
    }

    static Action cdc(DataFile file) {
        Map<String, @Nullable Object> body = fileBody(file);
        body.put("dataChange", false);
        return new Action("cdc", body);
    }

    /// Adds a version.
    ///
    /// @throws FileAlreadyExistsException somebody else wrote that version
    void commit(long version, String operation, List<Action> actions) throws IOException {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("timestamp", Instant.now().toEpochMilli());
        info.put("operation", operation);
        info.put("operationParameters", Map.of());
        if (version > 0) {
            info.put("readVersion", version - 1);
        }
        info.put("isolationLevel", "Serializable");
        info.put(
                "isBlindAppend",
                actions.stream().allMatch(action -> action.name().equals("add")));
        info.put("operationMetrics", Map.of());
        info.put("engineInfo", "Vitrine");
        info.put("txnId", UUID.randomUUID().toString());
        List<String> lines = new ArrayList<>();
        lines.add(line(new Action("commitInfo", info)));
        actions.forEach(action -> lines.add(line(action)));

        Path log = Files.createDirectories(table.resolve("_delta_log"));
        Path draft = Files.createTempFile(log, ".commit", ".draft");
        try {
            Files.write(draft, lines);
            // A link fails where the name is taken; a rename would replace what is there.
            Files.createLink(log.resolve("%020d.json".formatted(version)), draft);
        } finally {
            Files.delete(draft);
        }
    }

    /// Paths of the files that the commits still in the log add, remove or hold changes in.
    Set<String> named() throws IOException {
        Set<String> paths = new HashSet<>();
        try (DirectoryStream<Path> commits = Files.newDirectoryStream(table.resolve("_delta_log"), "[0-9]*.json")) {
            for (Path commit : commits) {
                for (String line : Files.readAllLines(commit)) {
                    JSON.readTree(line)
                            .forEach(action ->
                                    action.path("path").stringValueOpt().ifPresent(paths::add));
                }
            }
        }
        return paths;
    }

    private static String line(Action action) {
        return JSON.writeValueAsString(Map.of(action.name(), action.body()));
    }

    private static Map<String, @Nullable Object> fileBody(DataFile file) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("path", file.path());
        body.put("partitionValues", Map.of());
        body.put("size", file.size());
        return body;
    }
}
