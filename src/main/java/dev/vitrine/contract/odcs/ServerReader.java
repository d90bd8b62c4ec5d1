package dev.vitrine.contract.odcs;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the folder of the gold tables among `servers`.
final class ServerReader {

    /// `${name}` or `${name:value if there is none}`.
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}:]+)(?::([^}]*))?\\}");

    private final Environment environment;
    private final Problems problems;

    ServerReader(Environment environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /// The path or URI; empty if there is none, with the reason among the problems.
    String location(Yaml.Table contract) {
        List<Yaml.Table> servers = contract.tables("servers");
        String wanted = environment.server();
        if (servers.isEmpty()) {
            problems.add(
                    contract.at("servers"),
                    "the contract names no server, so nobody knows where the tables are",
                    "Add servers: with server, type: local, format: delta and path");
            return "";
        }
        if (wanted == null) {
            return location(servers.getFirst(), servers.getFirst().text("type"));
        }
        for (Yaml.Table server : servers) {
            if (wanted.equals(server.text("server"))) {
                return location(server, server.text("type"));
            }
        }
        String names = servers.stream()
                .map(server -> Objects.requireNonNullElse(server.text("server"), "?"))
                .collect(Collectors.joining(", "));
        problems.add(
                contract.at("servers"),
                "there is no server '" + wanted + "', which vitrine.server asks for",
                "Set vitrine.server to one of " + names + ", or add the server");
        return "";
    }

    private String location(Yaml.Table server, @Nullable String type) {
        return switch (Objects.requireNonNullElse(type, "")) {
            case "local" -> local(server, text(server, "path"));
            case "azure" ->
                uri(server, "abfss?://[^/]+@[^/]+(/.*)?", "abfss://container@account.dfs.core.windows.net/folder");
            case "s3" ->
                refuse(
                        server,
                        "tables on S3 need a connector that is not part of this service",
                        "Add the jar org.apache.hadoop:hadoop-aws (and its AWS SDK bundle) to the class path,"
                                + " or use a server of type local or azure");
            case "" -> "";
            case String other ->
                !StandardServers.knows(other)
                        ? ""
                        : refuse(
                                server,
                                "tables cannot be read from a server of type '" + other + "'",
                                "Use type local (path) or azure (location: abfss://…), format: delta; vitrine.server chooses"
                                        + " among several");
        };
    }

    private String refuse(Yaml.Table server, String message, String fix) {
        problems.add(server.at("type"), message, fix);
        return "";
    }

    private String local(Yaml.Table server, String path) {
        checkFormat(server);
        try {
            String file = path.startsWith("file:") ? path.replaceFirst("^file:(//)?", "") : path;
            return path.isEmpty()
                    ? ""
                    : Path.of(file).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException e) {
            problems.add(
                    server.at("path"), "'" + path + "' is no path: " + e.getReason(), "Write the path of a folder");
            return "";
        }
    }

    private String uri(Yaml.Table server, String form, String example) {
        checkFormat(server);
        String location = text(server, "location");
        if (!location.isEmpty() && !location.matches(form)) {
            problems.add(
                    server.at("location"), "'" + location + "' is no such location", "Write one such as " + example);
        }
        return location.replaceAll("/+$", "");
    }

    private void checkFormat(Yaml.Table server) {
        String format = server.text("format");
        if (format != null && !format.equalsIgnoreCase("delta")) {
            problems.add(server.at("format"), "tables of format '" + format + "' cannot be read", "Use format: delta");
        }
    }

    /// A value with its placeholders filled in; empty if it is absent or one of them is unknown.
    private String text(Yaml.Table server, String key) {
        String written = Objects.requireNonNullElse(server.text(key), "");
        if (server.text(key) != null && written.isBlank()) {
            problems.add(server.at(key), key + " is empty", "Write the folder that holds the tables");
        }
        Matcher matcher = PLACEHOLDER.matcher(written);
        StringBuilder filled = new StringBuilder();
        boolean complete = true;
        while (matcher.find()) {
            String name = matcher.group(1);
            String value = environment.lookup(name);
            if (value == null) {
                value = matcher.group(2);
            }
            if (value == null) {
                complete = false;
                problems.add(
                        server.at(key),
                        "nobody says what ${" + name + "} is",
                        "Set the configuration key or environment variable " + name + ", or write ${" + name
                                + ":value}");
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(Objects.requireNonNullElse(value, "")));
        }
        String unread = PLACEHOLDER.matcher(written).replaceAll("");
        if (unread.contains("${")) {
            complete = false;
            problems.add(
                    server.at(key),
                    "'" + written + "' holds a ${ that is not closed, or one inside another",
                    "Write ${key} or ${key:value}");
        }
        return complete ? matcher.appendTail(filled).toString() : "";
    }
}
