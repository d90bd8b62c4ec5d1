package dev.vitrine.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// The jar in `target`, its layers laid over each other in one folder as an image does it, started by `java -jar` with
/// the sample lakehouse. Closing it ends the process.
final class BuiltService implements AutoCloseable {

    static final String ENTITY = "/api/sales/v1/customers/1";

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Pattern ADDRESS = Pattern.compile("Address +(http://127\\.0\\.0\\.1:[0-9]+)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    final Process process;
    final URI base;
    private final List<String> output;

    private BuiltService(Process process, URI base, List<String> output) {
        this.process = process;
        this.base = base;
        this.output = output;
    }

    /// @param folder that the layers are put into, each in its own
    /// @return the names of the layers
    static List<String> extract(Path folder) throws IOException, InterruptedException {
        Process tool = new ProcessBuilder(
                        JAVA,
                        "-Djarmode=tools",
                        "-jar",
                        jar().toString(),
                        "extract",
                        "--layers",
                        "--destination",
                        folder.toString())
                .inheritIO()
                .start();
        if (tool.waitFor() != 0) {
            throw new IllegalStateException("the layers of " + jar() + " could not be extracted");
        }
        try (Stream<Path> layers = Files.list(folder)) {
            return layers.map(layer -> layer.getFileName().toString()).sorted().toList();
        }
    }

    /// Lays the layers over each other.
    static void merge(Path layers, Path application) throws IOException {
        try (Stream<Path> all = Files.list(layers)) {
            for (Path layer : all.toList()) {
                try (Stream<Path> files = Files.walk(layer)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        Path target = application.resolve(layer.relativize(file));
                        Files.createDirectories(target.getParent());
                        Files.copy(file, target);
                    }
                }
            }
        }
    }

    /// Starts it on a free port and waits until its address is known.
    static BuiltService start(Path application, Path data, String... settings) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(
                                JAVA,
                                "-jar",
                                application.resolve(jar().getFileName()).toString(),
                                "--spring.profiles.active=demo",
                                "--server.port=0",
                                "--vitrine.demo.every=1h",
                                "--vitrine.data=" + data,
                                "--vitrine.contracts="
                                        + Path.of("api-contracts").toAbsolutePath()),
                        Stream.of(settings))
                .toList();
        Process process = new ProcessBuilder(command)
                .directory(application.toFile())
                .redirectErrorStream(true)
                .start();
        List<String> output = new CopyOnWriteArrayList<>();
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            output.add(line);
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                Thread.startVirtualThread(() -> lines.lines().forEach(output::add));
                return new BuiltService(process, URI.create(address.group(1)), output);
            }
        }
        throw new IllegalStateException("the service ended at its start:\n" + String.join("\n", output));
    }

    /// A token of the demo's client.
    String token(HttpClient client, String scope) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(base.resolve("/oauth2/token"))
                        .header("Authorization", "Basic ZGVtbzpkZW1v")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=" + scope))
                        .build(),
                BodyHandlers.ofString());
        return new JsonMapper().readTree(answer.body()).path("access_token").asString();
    }

    /// @param token empty: none
    HttpResponse<String> get(HttpClient client, String token, String path) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(20));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /// Waits for a status, a broken connection being none.
    void until(int status, HttpClient client, String token, String path) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String last = "no answer";
        while (System.nanoTime() < deadline) {
            try {
                HttpResponse<String> answer = get(client, token, path);
                if (answer.statusCode() == status) {
                    return;
                }
                last = answer.body();
            } catch (IOException broken) {
                last = broken.toString();
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException(
                path + " never answered " + status + ": " + last + "\n" + String.join("\n", output));
    }

    List<String> output() {
        return List.copyOf(output);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static Path jar() {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("vitrine-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("no jar in target: run ./mvnw verify, or package first"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
