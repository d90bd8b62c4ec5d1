package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.delta.write.Changes;
import dev.vitrine.delta.write.DeltaWriter;
import dev.vitrine.delta.write.Row;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What operators see and do: announcements, held commits, dead letters.
class OperationsOverHttpTest extends OverHttp {

    private static final String STATE = "/actuator/sync/gaps/stock";
    private static final String LETTERS = "/actuator/deadletters/gaps/stock";

    private final String reader = TOKENS.with("gaps:read");
    private final String operator = TOKENS.with("vitrine:operate");
    private final String pipeline = TOKENS.with("vitrine:announce");

    /// The life of one table, told in order.
    @Test
    void aTableIsAnnouncedHeldReleasedAndItsLettersReadAgain() throws Exception {
        DeltaWriter table = DeltaWriter.create(
                LAKEHOUSE.resolve("gaps/stock"), "id bigint not null, price decimal(6,2)", List.of("id"));
        table.commit(Changes.inserting(rows(0, 200)));
        until(reply -> reply.status() == 200, reader, "/api/gaps/v1/stock/1");

        Reply announced = post(pipeline, STATE, "");
        assertThat(announced.status()).as(announced.body()).isEqualTo(202);
        assertThat(post(reader, STATE, "").status()).isEqualTo(403);
        assertThat(post("", STATE, "").status()).isEqualTo(401);
        assertThat(post(pipeline, STATE + "/release", "").status()).isEqualTo(403);
        assertThat(post(pipeline, "/actuator/sync/gaps/none", "").status()).isEqualTo(404);
        assertThat(post(operator, STATE + "/release", "").status()).isEqualTo(409);
        assertThat(get(pipeline, STATE).status()).isEqualTo(403);

        table.commit(new Changes(
                List.of(),
                List.of(),
                LongStream.range(0, 150).mapToObj(id -> Row.of("id", id)).toList()));
        JsonNode state =
                until(reply -> reply.json().has("held"), operator, STATE).json();
        assertThat(state.path("state").asString()).isEqualTo("HELD");
        assertThat(state.at("/held/guard").asString()).isEqualTo("DELETES");
        assertThat(state.at("/held/version").asLong()).isEqualTo(2);
        assertThat(state.path("version").asLong()).isEqualTo(1);
        assertThat(state.path("lagCommits").asLong()).isEqualTo(1);
        assertThat(state.path("lagSeconds").asDouble()).isPositive();
        assertThat(get(reader, "/api/gaps/v1/stock/1").header("Delta-Table-Version"))
                .isEqualTo("1");
        assertThat(get("", "/actuator/health")
                        .json()
                        .at("/components/tables/status")
                        .asString())
                .isEqualTo("DEGRADED");
        assertThat(get(TOKENS.with("vitrine:metrics"), "/actuator/prometheus").body())
                .containsPattern("vitrine_sync_held\\{.*guard=\"deletes\".*table=\"gaps/stock\".*} 1\\.0");

        Reply wrong = post(operator, STATE + "/release", "{\"version\": 7}");
        refused(wrong, 409, "Version 2 is held");
        assertThat(state.at("/held/remedy").asString()).contains("POST /actuator/sync/gaps/stock/release");
        Reply released = post(operator, STATE + "/release", "{\"version\": 2}");
        assertThat(released.status()).as(released.body()).isEqualTo(200);
        assertThat(get(reader, "/api/gaps/v1/stock/1").status()).isEqualTo(404);
        assertThat(get(operator, STATE).json().at("/orders/0/outcome").asString())
                .contains("version 2 is served");

        table.commit(Changes.inserting(List.of(Row.of("id", 900L))));
        Reply letters = until(reply -> reply.json().path("count").asLong() == 1, operator, LETTERS);
        JsonNode letter = letters.json().at("/letters/0");
        assertThat(letter.path("reason").asString()).isEqualTo("NULL_REQUIRED");
        assertThat(letter.at("/row/id").asLong()).isEqualTo(900);
        assertThat(get(reader, "/api/gaps/v1/stock/900").json().path("code").asString())
                .isEqualTo("withheld");
        assertThat(get(operator, "/actuator/deadletters")
                        .json()
                        .at("/gaps~1stock/NULL_REQUIRED")
                        .asLong())
                .isEqualTo(1);
        assertThat(post(operator, LETTERS + "/dismiss", "").status()).isEqualTo(400);
        assertThat(post(operator, LETTERS + "/replay", "").body()).contains("1 are left");
        assertThat(get(reader, LETTERS).status()).isEqualTo(403);

        // what is read again is a new letter
        String id = get(operator, LETTERS).json().at("/letters/0/id").asString();
        assertThat(post(operator, LETTERS + "/replay", "{\"ids\": \"" + id + "\"}")
                        .body())
                .contains("1 dead letters were read again");
        assertThat(post(operator, LETTERS + "/dismiss", "{\"ids\": \"x\"}").status())
                .isEqualTo(400);

        table.commit(new Changes(List.of(), List.of(row(900)), List.of()));
        until(reply -> reply.status() == 200, reader, "/api/gaps/v1/stock/900");
        assertThat(get(operator, LETTERS).json().path("count").asLong()).isZero();

        Reply rebuilt = post(operator, STATE + "/rebuild", "");
        assertThat(rebuilt.status()).as(rebuilt.body()).isEqualTo(200);
        assertThat(get(operator, STATE).json().path("generation").asLong()).isGreaterThan(1);
    }

    @Test
    void anOrderThatCannotBeReadIsAnsweredByWhatCanBeSent() {
        refused(post(operator, STATE + "/release", "{\"versoin\": 2}"), 400, "'versoin'", "{\"version\": 12}");
        refused(post(operator, STATE + "/release", "{\"version\": \"two\"}"), 400, "'version' is \"two\"");
        refused(post(operator, STATE + "/release", "{\"version\": [1, 2]}"), 400, "'version' is [1,2]");
        refused(post(operator, STATE + "/release", "version=2"), 400, "not JSON", "{\"version\": 12}");
        refused(post(operator, STATE + "/release", "{\"version\": 2"), 400, "not JSON");
        refused(post(operator, STATE + "/release", "[]"), 400, "no JSON object");
        refused(post(operator, STATE + "/rebuild", "{\"version\": 2}"), 400, "'version'", "no body");
        refused(post(operator, STATE + "/relese", ""), 400, "'relese'", "rebuild, reject, release");
        refused(post(pipeline, STATE, "{\"version\": 2}"), 400, "'version'", "no body");
        refused(post(operator, LETTERS + "/reply", ""), 400, "'reply'", "dismiss, replay");
        refused(post(operator, LETTERS + "/dismiss", "{}"), 400, "'ids' is missing", "{\"ids\": \"1,2\"}");
        refused(post(operator, LETTERS + "/dismiss", "{\"ids\": {}}"), 400, "'ids' is {}");
        refused(get(operator, LETTERS + "?limit=many"), 400, "'limit' is 'many'");
    }

    @Test
    void aTableThatIsNotThereIsToldWithThoseThatAre() {
        for (String address : List.of("/actuator/sync/gaps/none", "/actuator/deadletters/gaps/none")) {
            refused(get(operator, address), 404, "gaps/none", "gaps/stock");
        }
        refused(post(operator, "/actuator/sync/gaps/none/rebuild", ""), 404, "gaps/none", "gaps/stock");
        refused(post(pipeline, "/actuator/sync/gaps/none", ""), 404, "gaps/none", "gaps/stock");
    }

    private static void refused(Reply reply, int status, String... parts) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.json().path("detail").asString()).contains(parts);
    }

    private static List<Row> rows(long from, long to) {
        return LongStream.range(from, to).mapToObj(OperationsOverHttpTest::row).toList();
    }

    private static Row row(long id) {
        return Row.of("id", id, "price", BigDecimal.valueOf(id, 2));
    }
}
