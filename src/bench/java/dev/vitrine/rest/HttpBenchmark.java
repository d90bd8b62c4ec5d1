package dev.vitrine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.Accounts;
import dev.vitrine.Vitrine;
import dev.vitrine.rest.LoadClient.Answer;
import dev.vitrine.rest.LoadClient.Cost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// The whole application beside a bare Spring MVC endpoint in the same server that answers with the same bytes, loaded
/// in turns over keep-alive connections. See the README beside.
class HttpBenchmark {

    private static final int ROWS = 20_000;
    private static final int PAGES = 100;
    private static final int ROUNDS = Integer.getInteger("vitrine.bench.rounds", 9);
    private static final Duration ROUND = Duration.ofMillis(Integer.getInteger("vitrine.bench.millis", 2000));
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final String COLLECTION = "/api/bench/v1/accounts";

    private final String token = "Authorization: Bearer "
            + TestTokens.of("bench:read", Instant.now().plusSeconds(3600));

    @TempDir
    Path folder;

    @Test
    void pointAndPageReads() throws Exception {
        Accounts.create(folder.resolve("lake"), ROWS);
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(
                        Vitrine.class, BareEndpoint.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--vitrine.contracts=" + Accounts.CONTRACTS,
                        "--vitrine.data=" + folder.resolve("data"),
                        "--bench.lake=" + folder.resolve("lake"),
                        // The windows and the concurrency of a usual plan, with quotas that are never reached.
                        "--vitrine.limits.plans.standard.burst=1000000000/10s",
                        "--vitrine.limits.plans.standard.minute=1000000000/1m",
                        "--vitrine.limits.plans.standard.day=1000000000000/1d",
                        "--vitrine.limits.plans.standard.concurrent=100")) {
            int port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            awaitServed(port, LoadClient.get(COLLECTION + '/' + ROWS, token));
            try (LoadClient client = new LoadClient(port)) {
                measure(client, application.getBean(BareEndpoint.class));
            }
        }
    }

    private void measure(LoadClient client, BareEndpoint bare) throws Exception {
        byte[][] reads = new byte[ROWS][];
        byte[][] repeats = new byte[ROWS][];
        byte[][] bareReads = new byte[ROWS][];
        for (int index = 0; index < ROWS; index++) {
            reads[index] = LoadClient.get(COLLECTION + '/' + (index + 1), token);
            bareReads[index] = LoadClient.get("/bare/accounts/" + (index + 1));
            Answer answer = client.send(reads[index]);
            assertThat(answer.status()).isEqualTo(200);
            repeats[index] = LoadClient.get(
                    COLLECTION + '/' + (index + 1), token, "If-None-Match: " + answer.header("ETag"));
            bare.accounts.add(answer.body());
        }
        byte[][] pages = new byte[PAGES][];
        byte[][] barePages = new byte[PAGES][];
        String next = COLLECTION + "?limit=20";
        for (int index = 0; index < PAGES; index++) {
            pages[index] = LoadClient.get(next, token);
            barePages[index] = LoadClient.get("/bare/pages/" + (index + 1));
            Answer answer = client.send(pages[index]);
            assertThat(answer.status()).isEqualTo(200);
            bare.pages.add(answer.body());
            String link = answer.header("Link");
            next = link.substring(link.indexOf("/api/"), link.indexOf('>'));
        }
        assertThat(client.send(bareReads[7]).body()).isEqualTo(client.send(reads[7]).body());
        assertThat(new String(bare.accounts.get(7), StandardCharsets.UTF_8)).doesNotContain("phone");

        System.out.printf("document %d bytes, page %d bytes%n", bare.accounts.get(7).length, bare.pages.get(7).length);
        compare(client, "point reads", random(reads), 200, random(bareReads));
        compare(client, "point reads answered 304", random(repeats), 304, random(bareReads));
        compare(client, "pages of 20", random(pages), 200, random(barePages));
    }

    /// Loads both in turns and prints what they cost.
    ///
    /// @return the medians of ours and of the bare endpoint
    static Compared compare(
            LoadClient client, String what, IntFunction<byte[]> ours, int status, IntFunction<byte[]> bare)
            throws Exception {
        client.load(WARM_UP, bare, 200);
        client.load(WARM_UP, ours, status);
        List<Cost> bareCosts = new ArrayList<>();
        List<Cost> costs = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            bareCosts.add(client.load(ROUND, bare, 200));
            costs.add(client.load(ROUND, ours, status));
        }
        System.out.printf(
                "%s: %,.0f/s, %.1f µs; bare endpoint: %,.0f/s, %.1f µs; share by requests/s %.0f %%, by server CPU %.0f %%%n",
                what,
                median(costs, Cost::perSecond),
                median(costs, Cost::serverMicros),
                median(bareCosts, Cost::perSecond),
                median(bareCosts, Cost::serverMicros),
                100 * median(costs, Cost::perSecond) / median(bareCosts, Cost::perSecond),
                100 * median(bareCosts, Cost::serverMicros) / median(costs, Cost::serverMicros));
        return new Compared(
                new Cost(median(costs, Cost::perSecond), median(costs, Cost::serverMicros)),
                new Cost(median(bareCosts, Cost::perSecond), median(bareCosts, Cost::serverMicros)));
    }

    /// What ours and the bare endpoint cost.
    record Compared(Cost ours, Cost bare) {}

    /// The same scattered order for all.
    static IntFunction<byte[]> random(byte[][] requests) {
        return number -> requests[(int) ((number * 2_654_435_761L >>> 7) % requests.length)];
    }

    static double median(List<Cost> costs, ToDoubleFunction<Cost> figure) {
        return costs.stream().mapToDouble(figure).sorted().toArray()[costs.size() / 2];
    }

    static void awaitServed(int port, byte[] request) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!isServed(port, request)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(200);
        }
    }

    /// Over a connection of its own, because the server closes it after a 503.
    private static boolean isServed(int port, byte[] request) throws Exception {
        try (LoadClient client = new LoadClient(port)) {
            return client.send(request).status() == 200;
        }
    }
}
