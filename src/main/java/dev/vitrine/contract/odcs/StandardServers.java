package dev.vitrine.contract.odcs;

import static dev.vitrine.contract.odcs.Shape.STABLE_ID;
import static dev.vitrine.contract.odcs.Shape.TEXT;
import static dev.vitrine.contract.odcs.Shape.WHOLE;

import dev.vitrine.contract.odcs.Shape.Choice;
import dev.vitrine.contract.odcs.Shape.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// `servers[]`: each type has keys of its own.
final class StandardServers {

    /// The keys of each type; those with a star are required.
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("api", "location*"),
            Map.entry("athena", "stagingDir* schema* catalog regionName"),
            Map.entry("azure", "location* format* delimiter"),
            Map.entry("bigquery", "project* dataset*"),
            Map.entry("clickhouse", "host* port* database*"),
            Map.entry("databricks", "host catalog* schema*"),
            Map.entry("denodo", "host* port* database"),
            Map.entry("dremio", "host* port* schema"),
            Map.entry("duckdb", "database* schema"),
            Map.entry("glue", "account* database* location format"),
            Map.entry("cloudsql", "host* port* database* schema*"),
            Map.entry("db2", "host* port* database* schema"),
            Map.entry("hive", "host* port database*"),
            Map.entry("impala", "host* port database*"),
            Map.entry("informix", "host* port database*"),
            Map.entry("zen", "host* port database*"),
            Map.entry("kafka", "host* format"),
            Map.entry("kinesis", "region format"),
            Map.entry("local", "path* format*"),
            Map.entry("mysql", "host* port* database*"),
            Map.entry("oracle", "host* port* serviceName*"),
            Map.entry("postgresql", "host* port* database* schema*"),
            Map.entry("postgres", "host* port* database* schema*"),
            Map.entry("presto", "host* catalog schema"),
            Map.entry("pubsub", "project*"),
            Map.entry("redshift", "host database* schema* region account"),
            Map.entry("s3", "location* endpointUrl format delimiter"),
            Map.entry("sftp", "location* format delimiter"),
            Map.entry("snowflake", "host port account* database* schema* warehouse"),
            Map.entry("sqlserver", "host* port database* schema*"),
            Map.entry("synapse", "host* port* database*"),
            Map.entry("trino", "host* port* catalog* schema*"),
            Map.entry("vertica", "host* port* database* schema*"),
            Map.entry(
                    "custom",
                    "account catalog database dataset delimiter endpointUrl format host location path port project"
                            + " region regionName schema serviceName stagingDir warehouse stream"));

    private StandardServers() {}

    static boolean knows(String type) {
        return TYPES.containsKey(type);
    }

    static Section section(Yaml.Table server) {
        String type = Objects.requireNonNullElse(server.text("type"), "");
        // The wrong type is the cause: with it, any server's keys will do.
        String names = TYPES.getOrDefault(type, Objects.requireNonNull(TYPES.get("custom")));
        Map<String, Shape> keys = new HashMap<>(Map.of(
                "id", STABLE_ID,
                "server", TEXT,
                "type", new Choice(TYPES.keySet()),
                "description", TEXT,
                "environment", TEXT,
                "roles", Standard.roles(),
                "customProperties", Standard.custom()));
        List<String> required = new ArrayList<>(List.of("server", "type"));
        for (String name : names.split(" ")) {
            String key = name.replace("*", "");
            keys.put(key, key.equals("port") ? WHOLE : TEXT);
            if (name.endsWith("*")) {
                required.add(key);
            }
        }
        return new Section(keys, required);
    }
}
