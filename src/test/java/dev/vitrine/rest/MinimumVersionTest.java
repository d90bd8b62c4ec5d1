package dev.vitrine.rest;

import static dev.vitrine.rest.ChosenEntities.REVISION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.entity.Revision;
import dev.vitrine.query.AsOf;
import dev.vitrine.query.EntitiesUnavailable;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RestTest
class MinimumVersionTest {

    private static final String CUSTOMER = "/api/shop/v2/customers/1";

    private final ChosenEntities entities;
    private final Client client;

    MinimumVersionTest(@Autowired ChosenEntities entities, @LocalServerPort int port) {
        this.entities = entities;
        this.client = Client.at(port);
    }

    @BeforeEach
    void serve() {
        entities.reset();
        entities.byKey.put(List.of("1"), "{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "41", "42"})
    void aVersionThatIsServedIsAnsweredAtOnce(String version) {
        HttpResponse<String> answer =
                client.get(CUSTOMER, "Min-Delta-Table-Version", version, "Prefer", "wait=20, count=exact");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Preference-Applied")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/shop/v2/customers", "/api/shop/v2/customers/1"})
    void aLaterOneIsRefusedWithWhatIsServed(String path) {
        HttpResponse<String> answer = client.get(path, "Min-Delta-Table-Version", "43");

        Problem.in(answer).is(503, "version-not-applied").saying("version 42").saying("version 43");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.headers().firstValue("Delta-Table-Version")).contains("42");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void waitsForItAsLongAsTheCallerSays() throws Exception {
        CompletableFuture<HttpResponse<String>> waiting = ask("43", "wait=20");
        assertThat(waiting).isNotCompleted();
        Thread.sleep(200);
        assertThat(waiting).isNotCompleted();

        entities.asOf = new AsOf(new Revision(1, 44, REVISION.commitTime()), null);

        HttpResponse<String> answer = waiting.get(10, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Preference-Applied")).contains("wait=20");
    }

    @Test
    void givesUpInTime() throws Exception {
        long start = System.nanoTime();

        HttpResponse<String> answer = ask("43", "wait=1").get(20, TimeUnit.SECONDS);

        Problem.in(answer).is(503, "version-not-applied");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    @Test
    void anotherTableInItsPlaceIsNewerThanAllItsVersions() throws Exception {
        CompletableFuture<HttpResponse<String>> waiting = ask("43", "wait=20");
        Thread.sleep(200);

        entities.asOf = new AsOf(new Revision(2, 0, REVISION.commitTime()), null);

        assertThat(waiting.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void waitsForATableThatIsNotLoadedYet() throws Exception {
        entities.failure = new EntitiesUnavailable("it is being loaded", null);
        Problem.in(client.get(CUSTOMER, "Min-Delta-Table-Version", "42")).is(503, "unavailable");
        CompletableFuture<HttpResponse<String>> waiting = ask("42", "wait=20");
        Thread.sleep(200);
        assertThat(waiting).isNotCompleted();

        entities.failure = null;

        assertThat(waiting.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "9999999999999999999", "1 2", "\"42\""})
    void whatIsNoVersionIsRefused(String version) {
        Problem.in(client.get(CUSTOMER, "Min-Delta-Table-Version", version))
                .is(400, "invalid-request")
                .names("Min-Delta-Table-Version");
    }

    private CompletableFuture<HttpResponse<String>> ask(String version, String prefer) {
        return CompletableFuture.supplyAsync(
                () -> client.get(CUSTOMER, "Min-Delta-Table-Version", version, "Prefer", prefer));
    }
}
