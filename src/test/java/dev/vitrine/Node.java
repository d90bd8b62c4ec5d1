package dev.vitrine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Programs in JavaScript that tests use, where there are any: Node, and what `npm ci --prefix src/test/node` installs.
public final class Node {

    /// Where they are installed, and run.
    public static final Path FOLDER = Path.of("src", "test", "node");

    private Node() {}

    /// What a program printed.
    public record Output(int exitCode, String text, String errors) {}

    /// Skips the test unless the package is installed and a Node runs that it takes.
    ///
    /// @param oldest major version of Node
    public static void assumeInstalled(String npmPackage, int oldest) throws InterruptedException {
        assumeTrue(
                Files.isDirectory(FOLDER.resolve("node_modules").resolve(npmPackage)),
                npmPackage + " is not installed: npm ci --prefix " + FOLDER);
        assumeTrue(version() >= oldest, "there is no Node on the PATH, or one older than " + oldest);
    }

    /// Runs a script to its end.
    ///
    /// @param script below [#FOLDER]
    public static Output run(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile("node", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(FOLDER.toFile()).redirectError(errors.toFile());
        builder.environment().put("REDOCLY_TELEMETRY", "off");
        builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        try {
            Process process = builder.start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Output(process.waitFor(), text, Files.readString(errors));
        } finally {
            Files.delete(errors);
        }
    }

    /// The major one; 0: there is no Node.
    private static int version() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("node", "--version").start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text.matches("(?s)v\\d+\\..*") ? Integer.parseInt(text.substring(1, text.indexOf('.'))) : 0;
        } catch (IOException none) {
            return 0;
        }
    }
}
