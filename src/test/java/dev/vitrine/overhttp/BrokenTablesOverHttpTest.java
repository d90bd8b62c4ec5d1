package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.delta.write.Changes;
import dev.vitrine.delta.write.DeltaWriter;
import dev.vitrine.delta.write.Row;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// One table that can be read beside some that cannot: each answers for itself alone.
class BrokenTablesOverHttpTest extends OverHttp {

    private static final Path GAPS = LAKEHOUSE.resolve("gaps");

    private final String token = TOKENS.with("gaps:read");

    @Test
    void aTableThatCannotBeReadSaysWhyAndStopsNoOther() throws Exception {
        // beside the place where they are looked for, then moved: no half of them is ever seen
        Path building = LAKEHOUSE.resolve("building");
        write(building.resolve("good"), 3);
        write(building.resolve("broken_log"), 3);
        write(building.resolve("broken_file"), 3);
        write(building.resolve("other_type"), 3);
        Files.writeString(
                building.resolve("broken_log/_delta_log/%020d.json".formatted(1)), "{\"add\":{\"path\":\"no-such");
        truncateData(building.resolve("broken_file"));
        Files.createDirectories(GAPS);
        for (String table : List.of("good", "broken_log", "broken_file", "other_type")) {
            Files.move(building.resolve(table), GAPS.resolve(table));
        }

        Reply good = until(reply -> reply.status() == 200, token, "/api/gaps/v1/good/2");
        assertThat(good.entity()).containsEntry("id", 2);
        unavailable("missing", "does not exist yet");
        unavailable("brokenLog", "cannot be read");
        unavailable("brokenFile", "cannot be read");
        unavailable("otherType", "does not fit the contract");

        Reply health = get("", "/actuator/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().at("/components/tables/status").asString()).isEqualTo("DEGRADED");
        assertThat(health.body()).doesNotContain(GAPS.toString());
        Reply details = get(TOKENS.with("vitrine:operate"), "/actuator/health");
        assertThat(details.json()
                        .at("/components/tables/details/gaps~1missing/message")
                        .asString())
                .contains(GAPS.resolve("missing").toString());
        assertThat(details.json()
                        .at("/components/tables/details/gaps~1good/state")
                        .asString())
                .isEqualTo("FOLLOWING");

        assertThat(details.json()
                        .at("/components/tables/details/gaps~1other_type/message")
                        .asString())
                .contains("price");
        assertThat(details.json()
                        .at("/components/tables/details/gaps~1broken_log/message")
                        .asString())
                .contains("broken_log");

        write(building.resolve("missing"), 5);
        Files.move(building.resolve("missing"), GAPS.resolve("missing"));
        assertThat(until(reply -> reply.status() == 200, token, "/api/gaps/v1/missing?limit=200")
                        .items())
                .hasSize(5);
        assertThat(get(token, "/api/gaps/v1/good").items()).hasSize(3);
    }

    private void unavailable(String entity, String reason) throws InterruptedException {
        String address = "/api/gaps/v1/" + entity;
        until(
                        reply -> reply.status() == 503
                                && reply.json().path("detail").asString().contains(reason),
                        token,
                        address)
                .isProblem(503, "unavailable");
        Reply one = get(token, address + "/1").isProblem(503, "unavailable");
        assertThat(one.header("Retry-After")).matches("[0-9]+");
        assertThat(one.body()).as("a caller is not told paths").doesNotContain(GAPS.toString());
    }

    private static void write(Path table, int rows) throws IOException {
        DeltaWriter.create(table, "id bigint not null, price string", List.of("id"))
                .commit(Changes.inserting(Stream.iterate(1L, id -> id + 1)
                        .limit(rows)
                        .map(id -> Row.of("id", id, "price", "9"))
                        .toList()));
    }

    private static void truncateData(Path table) throws IOException {
        try (Stream<Path> files = Files.list(table)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
                try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
                    data.setLength(data.length() / 2);
                }
            }
        }
    }
}
