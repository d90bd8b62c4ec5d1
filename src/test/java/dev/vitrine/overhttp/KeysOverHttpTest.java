package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.SharedTables;
import dev.vitrine.delta.write.Changes;
import dev.vitrine.delta.write.DeltaWriter;
import dev.vitrine.delta.write.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Any text can be a key, from the Parquet file to the address.
class KeysOverHttpTest extends OverHttp {

    private final String token = TOKENS.with("odd:read");

    @Test
    void everyKeyCanBeRead() throws Exception {
        List<String> names = names();
        DeltaWriter things = DeltaWriter.create(
                LAKEHOUSE.resolve("odd/things"), "name string not null, number bigint", List.of("name"));
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            rows.add(Row.of("name", names.get(i), "number", (long) i));
        }
        things.commit(Changes.inserting(rows));
        until(reply -> "1".equals(reply.header("Delta-Table-Version")), token, "/api/odd/v1/things");

        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!Set.of("", ".", "..").contains(name)) {
                Reply one = get(token, "/api/odd/v1/things/" + encoded(name));
                assertThat(one.entity()).as(name).containsEntry("name", name).containsEntry("number", i);
            }
            // no address can carry an empty key or a dot segment, but each can be asked for
            Reply filtered = get(token, "/api/odd/v1/things?name=" + encoded(name));
            assertThat(filtered.items()).as(name).isEqualTo(List.of(Map.of("name", name, "number", i)));
        }
        assertThat(walk()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void everyPairOfKeyPartsCanBeRead() throws Exception {
        List<String> names = names().stream().limit(12).toList();
        DeltaWriter pairs = DeltaWriter.create(
                LAKEHOUSE.resolve("odd/pairs"),
                "left string not null, right string not null",
                List.of("left", "right"));
        List<Row> rows = new ArrayList<>();
        names.forEach(left -> names.forEach(right -> rows.add(Row.of("left", left, "right", right))));
        pairs.commit(Changes.inserting(rows));
        until(reply -> "1".equals(reply.header("Delta-Table-Version")), token, "/api/odd/v1/pairs");

        for (String left : names) {
            for (String right : names) {
                Reply one = get(token, "/api/odd/v1/pairs/" + encoded(left) + "," + encoded(right));
                assertThat(one.entity()).containsEntry("left", left).containsEntry("right", right);
            }
        }
        get(token, "/api/odd/v1/pairs/a%2Cb").isProblem(404, "unknown-key");
        get(token, "/api/odd/v1/pairs/a,b,c").isProblem(404, "unknown-key");
    }

    private List<String> walk() {
        List<String> names = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Reply page = get(token, "/api/odd/v1/things?limit=7" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.items().forEach(item -> names.add(String.valueOf(item.get("name"))));
            cursor = page.nextCursor();
        }
        return names;
    }

    /// Those that hurt most, then the partitions of Spark's corpus.
    private static List<String> names() throws IOException {
        Set<String> names = new LinkedHashSet<>(List.of(
                "a/b",
                "a,b",
                "100%",
                "%2F",
                "a..b",
                "a b",
                "😀中",
                "a;b=c",
                "a\\b",
                "a+b",
                "a?b",
                "a#b",
                "line\nbreak",
                "cr\rlf\n",
                "tab\t",
                "\u0001",
                "\u2028",
                "//",
                "/",
                ",",
                "%",
                " ",
                "+",
                "~",
                "'\"`",
                "<a>&{b}[c]|^",
                "ä",
                "a\u0308",
                "%00",
                "null",
                "0",
                "-1",
                "openapi.json",
                "...",
                "..",
                ".",
                "",
                "x".repeat(2000)));
        Path truth = SharedTables.table("corpus/truth/b_part/snapshot.jsonl");
        try (Stream<String> lines = Files.lines(truth)) {
            lines.map(line -> Reply.JSON.readTree(line).path("region"))
                    .filter(region -> region.isString())
                    .forEach(region -> names.add(region.asString()));
        }
        return List.copyOf(names);
    }
}
