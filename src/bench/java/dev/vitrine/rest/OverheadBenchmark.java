package dev.vitrine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.Accounts;
import dev.vitrine.Vitrine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// What authentication, grants, limits, audit, metrics and headers cost on a read whose entity lies ready
/// ([dev.vitrine.query.ReadyEntities]), beside a bare Spring MVC endpoint in the same server. See the README beside.
class OverheadBenchmark {

    private static final int ROWS = 2_000;
    private static final Duration PACED = Duration.ofMillis(Integer.getInteger("vitrine.bench.paced", 10_000));
    private static final String ADDRESS = "/api/bench/v1/accounts/";

    private final String token = "Authorization: Bearer "
            + TestTokens.of("bench:read", Instant.now().plusSeconds(3600));

    @TempDir
    Path folder;

    @Test
    void readsThatLieReady() throws Exception {
        Accounts.create(folder.resolve("lake"), ROWS);
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(
                        Vitrine.class, BareEndpoint.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--bench.ready=true",
                        "--vitrine.contracts=" + Accounts.CONTRACTS,
                        "--vitrine.data=" + folder.resolve("data"),
                        "--vitrine.audit.folder=" + folder.resolve("audit"),
                        "--bench.lake=" + folder.resolve("lake"),
                        "--vitrine.limits.plans.standard.burst=1000000000/10s",
                        "--vitrine.limits.plans.standard.minute=1000000000/1m",
                        "--vitrine.limits.plans.standard.day=1000000000000/1d",
                        "--vitrine.limits.plans.standard.concurrent=100")) {
            int port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            HttpBenchmark.awaitServed(port, LoadClient.get(ADDRESS + ROWS, token));
            try (LoadClient client = new LoadClient(port)) {
                measure(client, application.getBean(BareEndpoint.class));
            }
        }
    }

    private void measure(LoadClient client, BareEndpoint bare) throws Exception {
        byte[][] ours = new byte[ROWS][];
        byte[][] plain = new byte[ROWS][];
        for (int index = 0; index < ROWS; index++) {
            ours[index] = LoadClient.get(ADDRESS + (index + 1), token);
            plain[index] = LoadClient.get("/bare/accounts/" + (index + 1));
            bare.accounts.add(client.send(ours[index]).body());
        }
        assertThat(client.send(plain[7]).body()).isEqualTo(client.send(ours[7]).body());

        HttpBenchmark.Compared compared = HttpBenchmark.compare(
                client,
                "reads that lie ready",
                HttpBenchmark.random(ours),
                200,
                HttpBenchmark.random(plain));
        System.out.printf(
                "CPU per request %.2f times the bare endpoint's%n",
                compared.ours().serverMicros() / compared.bare().serverMicros());
        double half = compared.ours().perSecond() / 2;
        pace(client, "ours", half, HttpBenchmark.random(ours));
        pace(client, "bare", half, HttpBenchmark.random(plain));
    }

    private static void pace(LoadClient client, String what, double perSecond, IntFunction<byte[]> requests)
            throws Exception {
        long[] latencies = client.latencies(PACED, perSecond, requests, 200);
        System.out.printf(
                "%s at %,.0f/s: p50 %,d µs, p99 %,d µs%n",
                what,
                perSecond,
                latencies[latencies.length / 2] / 1000,
                latencies[(int) (latencies.length * 0.99)] / 1000);
    }
}
