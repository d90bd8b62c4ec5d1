package dev.vitrine.access.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.EntityRead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class AuditTrailTest {

    private static final Instant AT = Instant.parse("2026-11-24T10:00:00.120Z");

    @TempDir
    Path folder;

    private Instant now = AT;

    @Test
    void writesAnEventALine() throws Exception {
        try (AuditTrail trail = trail(false, 10)) {
            trail.keep(new AuditEvent(
                    AT,
                    "ada \"the first\"\n",
                    "notebook",
                    List.of(
                            new EntityRead(
                                    "sales", 1, "customers", 20, 18_025, Set.of("restricted"), List.of("region")),
                            new EntityRead("sales", 1, "orders", 0, 0, Set.of(), List.of())),
                    200,
                    812,
                    "4bf92f3577b34da6a3ce929d0e0e4736"));
        }
        assertThat(lines()).containsExactly("""
                {"at":"2026-11-24T10:00:00.120000Z","subject":"ada \\"the first\\"\\n","client":"notebook","status":200,\
                "outcome":"served","rows":20,"bytes":18025,"micros":812,"trace":"4bf92f3577b34da6a3ce929d0e0e4736",\
                "reads":[{"product":"sales","version":"v1","entity":"customers","rows":20,"bytes":18025,\
                "classes":["restricted"],"filters":["region"]},\
                {"product":"sales","version":"v1","entity":"orders","rows":0,"bytes":0,"classes":[],"filters":[]}]}""");
    }

    @Test
    void writesAllThatIsWaitingBeforeItCloses() throws Exception {
        try (AuditTrail trail = trail(false, 5_000)) {
            for (int i = 0; i < 5_000; i++) {
                trail.keep(event("s" + i));
            }
        }
        assertThat(subjects())
                .isEqualTo(IntStream.range(0, 5_000).mapToObj(i -> "s" + i).toList());
    }

    @Test
    void losesWhatDoesNotFitAndCountsIt(CapturedOutput output) throws Exception {
        Path taken = folder.resolve("taken");
        Files.writeString(taken, "a file where the folder should be");
        try (AuditTrail trail = new AuditTrail(files(taken, 1_000_000, 9), false, 10, 5)) {
            for (int i = 0; i < 100; i++) {
                trail.keep(event("s" + i));
            }
            until(() -> trail.lost() >= 90);
        }
        assertThat(output.toString()).contains("Audit events cannot be written").doesNotContain("\tat ");
    }

    @Test
    void strictNothingIsLostThoughRequestsWait() throws Exception {
        Path taken = folder.resolve("taken");
        Files.writeString(taken, "a file where the folder should be");
        try (AuditTrail trail = new AuditTrail(files(taken, 1_000_000, 9), true, 10, 5);
                ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                AuditEvent event = event("s" + i);
                all.add(requests.submit(() -> trail.keep(event)));
            }
            Thread.sleep(300);
            assertThat(all).anyMatch(request -> !request.isDone());

            Files.delete(taken);

            for (Future<?> request : all) {
                request.get();
            }
            until(() -> trail.written() == 200);
            assertThat(trail.lost()).isZero();
        }
        try (Stream<Path> files = Files.list(taken)) {
            assertThat(Files.readAllLines(files.findFirst().orElseThrow())).hasSize(200);
        }
    }

    @Test
    void remembersTheNewestForWhoeverSearches() throws Exception {
        try (AuditTrail trail = trail(false, 1_000)) {
            for (int i = 0; i < 20; i++) {
                trail.keep(event("s" + i % 2));
            }
            until(() -> trail.written() == 20);
            AuditEndpoint endpoint = new AuditEndpoint(trail);

            assertThat(trail.recent(event -> true, 100)).hasSize(5);
            assertThat(endpoint.search("s1", null, null, null, null, null, null, null)
                            .events())
                    .hasSize(3)
                    .allMatch(event -> event.subject().equals("s1"));
            assertThat(endpoint.search(null, null, "sales", "customers", "served", null, AT.toString(), "2")
                            .events())
                    .hasSize(2);
            assertThat(endpoint.search(null, null, "stock", null, null, null, null, null)
                            .events())
                    .isEmpty();
            assertThat(endpoint.search(
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    AT.plusMillis(1).toString(),
                                    null)
                            .events())
                    .isEmpty();
        }
    }

    @Test
    void beginsTheNextFileWhenOneIsLongEnoughAndKeepsSoMany() throws Exception {
        try (AuditFiles files = files(folder, 100, 3)) {
            for (int i = 0; i < 10; i++) {
                files.append(text("%d %s\n".formatted(i, "x".repeat(60))));
                now = now.plusSeconds(1);
            }
        }
        assertThat(subjectsOfAll()).containsExactly("4", "5", "6", "7", "8", "9");
        assertThat(names()).hasSize(3);
    }

    @Test
    void takesNoFileFromUnderAnotherProcess() throws Exception {
        Path recent = Files.writeString(folder.resolve("audit-20261124T095000000Z-1.jsonl"), "recent\n");
        Path old = Files.writeString(folder.resolve("audit-20261101T095000000Z-1.jsonl"), "old\n");
        Path other = Files.writeString(folder.resolve("other.txt"), "other\n");
        Files.setLastModifiedTime(recent, FileTime.from(AT.minus(Duration.ofMinutes(10))));
        Files.setLastModifiedTime(old, FileTime.from(AT.minus(Duration.ofDays(20))));

        try (AuditFiles files = files(folder, 100, 1)) {
            files.append(text("now\n"));
        }

        assertThat(recent).exists();
        assertThat(other).exists();
        assertThat(old).doesNotExist();
    }

    private AuditTrail trail(boolean strict, int queue) {
        return new AuditTrail(files(folder, 1_000_000_000, 9), strict, queue, 5);
    }

    private AuditFiles files(Path where, long longest, int most) {
        InstantSource clock = () -> now;
        return new AuditFiles(where, longest, most, false, clock);
    }

    private static AuditEvent event(String subject) {
        EntityRead read = new EntityRead("sales", 1, "customers", 1, 874, Set.of(), List.of());
        return new AuditEvent(AT, subject, "app", List.of(read), 200, 100, null);
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Path> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : names()) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }

    private List<String> subjectsOfAll() throws IOException {
        return lines().stream().map(line -> line.split(" ", 2)[0]).toList();
    }

    private List<String> subjects() throws IOException {
        return lines().stream()
                .map(line -> line.replaceAll(".*\"subject\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private static void until(Callable<Boolean> wanted) throws Exception {
        for (int i = 0; i < 1_000 && !wanted.call(); i++) {
            Thread.sleep(20);
        }
        assertThat(wanted.call()).isTrue();
    }
}
