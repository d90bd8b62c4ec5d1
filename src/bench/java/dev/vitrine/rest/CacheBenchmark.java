package dev.vitrine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.Accounts;
import dev.vitrine.Vitrine;
import dev.vitrine.store.cosmos.server.CosmosServer;
import dev.vitrine.store.redis.TestRedis;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// Point reads through the whole application from each layer, beside the same with the embedded store and no cache; and
/// what the Cosmos server charges. See the README beside.
class CacheBenchmark {

    private static final int ROWS = 5_000;
    private static final int CHANGED = 1_000;
    private static final Duration ROUND = Duration.ofMillis(Integer.getInteger("vitrine.bench.millis", 2000));
    private static final int ROUNDS = Integer.getInteger("vitrine.bench.rounds", 5);
    private static final String COLLECTION = "/api/bench/v1/accounts";

    private final String token = TestTokens.of(
            "bench:read vitrine:announce", Instant.now().plusSeconds(3600));

    @TempDir
    Path folder;

    private double embedded;

    @Test
    void pointReadsFromEachLayer() throws Exception {
        Accounts accounts = Accounts.create(folder.resolve("lake"), ROWS);
        run("embedded store", accounts, "--vitrine.cache.kind=none");
        run("near cache", accounts, "--vitrine.cache.kind=near");
        try (CosmosServer cosmos = CosmosServer.start()) {
            run("Redis", accounts, cosmos(cosmos, "redis", "1KB"));
        }
        try (CosmosServer cosmos = CosmosServer.start()) {
            run("near cache over Redis and Cosmos", accounts, cosmos(cosmos, "redis", "64MB"));
        }
        try (CosmosServer cosmos = CosmosServer.start()) {
            run("Cosmos server", accounts, cosmos(cosmos, "none", "1KB"));
        }
    }

    private static String[] cosmos(CosmosServer server, String cache, String near) {
        return new String[] {
            "--vitrine.store=cosmos",
            "--vitrine.cosmos.endpoint=" + server.endpoint(),
            "--vitrine.cosmos.key=" + CosmosServer.KEY,
            "--vitrine.cache.kind=" + cache,
            "--vitrine.cache.near=" + near,
            "--vitrine.limits.kind=local",
            "--spring.data.redis.port=" + TestRedis.port()
        };
    }

    private void run(String layer, Accounts accounts, String... settings) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--vitrine.contracts=" + Accounts.CONTRACTS,
                "--vitrine.data=" + folder.resolve("data-" + layer.replace(' ', '-')),
                "--bench.lake=" + folder.resolve("lake"),
                "--vitrine.limits.plans.standard.burst=1000000000/10s",
                "--vitrine.limits.plans.standard.minute=1000000000/1m",
                "--vitrine.limits.plans.standard.day=1000000000000/1d"));
        all.addAll(Arrays.asList(settings));
        try (ConfigurableApplicationContext application =
                new SpringApplicationBuilder(Vitrine.class).run(all.toArray(String[]::new))) {
            int port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            await(port, -1);
            measure(layer, port, accounts, application.getBean(MeterRegistry.class));
        }
    }

    private void measure(String layer, int port, Accounts accounts, MeterRegistry registry) throws Exception {
        IntFunction<byte[]> reads = number -> LoadClient.get(
                COLLECTION + '/' + ((number * 2_654_435_761L >>> 7) % ROWS + 1), "Authorization: Bearer " + token);
        try (LoadClient client = new LoadClient(port)) {
            for (int id = 1; id <= ROWS; id++) {
                client.send(LoadClient.get(COLLECTION + '/' + id, "Authorization: Bearer " + token));
            }
            client.load(Duration.ofSeconds(3), reads, 200);
            double[] rates = new double[ROUNDS];
            double before = units(registry);
            double done = 0;
            for (int round = 0; round < ROUNDS; round++) {
                rates[round] = client.load(ROUND, reads, 200).perSecond();
                done += rates[round] * ROUND.toMillis() / 1000;
            }
            double read = units(registry) - before;
            Arrays.sort(rates);
            double rate = rates[ROUNDS / 2];
            embedded = embedded == 0 ? rate : embedded;
            System.out.printf(
                    "%s: %,.0f/s (%.0f %% of the embedded store), p99 %,d µs, %.1f RU per 1,000 reads%n",
                    layer, rate, 100 * rate / embedded, p99(client, reads), 1000 * read / done);
            double loaded = units(registry);
            long version = version(port);
            accounts.update(1, CHANGED + 1, (int) version);
            announce(port);
            await(port, version + 1);
            System.out.printf("%s: %,.0f RU per 1,000 changed rows%n", layer, units(registry) - loaded);
        }
    }

    private static long p99(LoadClient client, IntFunction<byte[]> reads) throws Exception {
        long[] times = new long[4000];
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            client.send(reads.apply(i));
            times[i] = (System.nanoTime() - start) / 1000;
        }
        Arrays.sort(times);
        return times[times.length * 99 / 100];
    }

    private static double units(MeterRegistry registry) {
        return registry.find("vitrine.cosmos.request.units").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private void announce(int port) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(
                                    HttpRequest.newBuilder(URI.create(
                                                    "http://127.0.0.1:" + port + "/actuator/sync/bench/accounts"))
                                            .header("Authorization", "Bearer " + token)
                                            .POST(HttpRequest.BodyPublishers.noBody())
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isLessThan(300);
        }
    }

    private long version(int port) throws Exception {
        try (LoadClient client = new LoadClient(port)) {
            LoadClient.Answer answer = client.send(LoadClient.get(COLLECTION + "/1", "Authorization: Bearer " + token));
            return answer.status() == 200 ? Long.parseLong(answer.header("Delta-Table-Version")) : -2;
        }
    }

    private void await(int port, long version) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (version(port) < version) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(100);
        }
    }
}
