package dev.vitrine.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Another process that writes to a store, to be killed or stopped. What it says comes line by line.
final class ChildJvm implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;
    private static final String END = "the end of its output";

    private final Process process;
    private final PrintWriter input;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> said = new ArrayList<>();

    private ChildJvm(Process process) {
        this.process = process;
        this.input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        Thread.ofPlatform().daemon().start(this::read);
    }

    static ChildJvm start(Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ChildJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(lines::add);
        } catch (UncheckedIOException | IOException e) {
            // it was killed
        } finally {
            lines.add(END);
        }
    }

    /// Waits until it says that.
    void awaitLine(String wanted) throws InterruptedException {
        for (String line = next(); !line.equals(wanted); line = next()) {
            assertThat(line).as("before it said %s; it said %s", wanted, said).isNotEqualTo(END);
        }
    }

    /// Waits for its first line and that many more, or its end.
    void awaitLines(int more) throws InterruptedException {
        String line = next();
        for (int i = 0; i < more && !line.equals(END); i++) {
            line = next();
        }
    }

    private String next() throws InterruptedException {
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(line).as("after %s", said).isNotNull();
        said.add(line);
        return line;
    }

    /// Everything it said, when it has ended.
    List<String> untilItEnds() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        while (said.isEmpty() || !said.getLast().equals(END)) {
            next();
        }
        return said;
    }

    /// Lets it go on where it waits for a line.
    void goOn() {
        input.println("go on");
    }

    void signal(String name) throws Exception {
        // the number of one that has ended may be another's by now
        assertThat(process.isAlive()).as("after it said %s", said).isTrue();
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /// As `kill -9`.
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
