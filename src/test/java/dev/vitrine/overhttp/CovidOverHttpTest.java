package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.SharedTables;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A million rows with a key of three parts.
class CovidOverHttpTest extends OverHttp {

    private static final String CASES = "/api/covid/v1/cases";

    private static JsonNode truth = Reply.JSON.nullNode();

    private final String token = TOKENS.with("covid:read");

    @BeforeAll
    static void readTruth() throws Exception {
        truth = Reply.JSON.readTree(Files.readString(SharedTables.table("covid_nyt/truth.json")));
    }

    @BeforeEach
    void isServed() throws Exception {
        until(reply -> reply.status() == 200, token, CASES + "?limit=1");
    }

    @Test
    void servesTheRowsThatSparkReads() {
        assertThat(truth.path("sample").size()).isEqualTo(20);
        for (JsonNode sample : truth.path("sample")) {
            Reply one = get(
                    token,
                    CASES + "/" + encoded(sample.path("date").asString()) + ","
                            + encoded(sample.path("county").asString()) + ","
                            + encoded(sample.path("state").asString()));
            assertThat(one.status()).as(one.body()).isEqualTo(200);
            assertThat(one.json()).isEqualTo(sample);
            assertThat(one.header("Delta-Table-Version")).isEqualTo("0");
        }
        get(token, CASES + "/2020-04-09,Jackson,Narnia").isProblem(404, "unknown-key");
    }

    @Test
    void pagesByKeyAndByOtherFields() {
        String from = truth.path("min_date").asString();
        List<Map<String, @Nullable Object>> first = walk("?limit=200", 3);
        assertThat(first).hasSize(600).doesNotHaveDuplicates();
        assertThat(first.getFirst()).containsEntry("date", from);

        List<Map<String, @Nullable Object>> worst = walk("?sort=-cases&limit=200", 3);
        assertThat(worst)
                .extracting(row -> (Integer) row.get("cases"))
                .isSortedAccordingTo((one, other) -> Integer.compare(other, one));

        assertThat(walk("?state=Wisconsin&date=2020-04-09&limit=50", 100))
                .isNotEmpty()
                .allSatisfy(row ->
                        assertThat(row).containsEntry("state", "Wisconsin").containsEntry("date", "2020-04-09"));
        assertThat(get(token, CASES + "?state=Wisconsin&date=2020-04-09", "Prefer", "count=exact")
                        .header("Total-Count"))
                .isEqualTo(String.valueOf(
                        walk("?state=Wisconsin&date=2020-04-09&limit=50", 100).size()));
    }

    @Test
    void countsAllRowsThoughTheyAreAMillion() {
        assertThat(get(token, CASES + "?limit=1", "Prefer", "count=exact").header("Total-Count"))
                .isEqualTo(truth.path("rows").asString());
    }

    @Test
    void aQueryThatWouldReadAMillionRowsIsStoppedAndSaysWhatToDeclare() {
        get(token, CASES + "?cases.gte=1", "Prefer", "count=exact")
                .isProblem(422, "query-too-expensive")
                .saying("cases", "count");
        // the states from T on have numbers from 47000 on: each range is wide, and no row is in both
        get(token, CASES + "?state.gte=T&fips.lt=40000")
                .isProblem(422, "query-too-expensive")
                .saying("state and fips", "declare sortable");
    }

    private List<Map<String, @Nullable Object>> walk(String query, int pages) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < pages && cursor != null; page++) {
            Reply reply = get(token, CASES + query + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            rows.addAll(reply.items());
            cursor = reply.nextCursor();
        }
        return rows;
    }
}
