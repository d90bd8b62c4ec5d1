package dev.vitrine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.OneRedis;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// Two servers behind one Redis, as callers meet them.
class SharedLimitsTest {

    private static final String ONE = "/api/shop/v2/customers/1";
    private static final Pattern LEFT = Pattern.compile("\"minute\";r=([0-9]+);t=[0-9]+");

    private static final OneRedis REDIS = new OneRedis();
    private static final List<ConfigurableApplicationContext> SERVERS = new ArrayList<>();

    @BeforeAll
    static void start() {
        for (int i = 0; i < 2; i++) {
            ConfigurableApplicationContext server = new SpringApplicationBuilder(RestTestApplication.class)
                    .run(
                            "--server.port=0",
                            "--vitrine.limits.kind=redis",
                            "--spring.data.redis.host=127.0.0.1",
                            "--spring.data.redis.port=" + REDIS.port(),
                            // A machine that is busy with many tests is no Redis that is gone.
                            "--vitrine.limits.redis.timeout=20s",
                            "--vitrine.limits.default-plan=hundred",
                            "--vitrine.limits.plans.hundred.minute=100/1m");
            server.getBean(ChosenEntities.class).byKey.put(List.of("1"), "{}");
            SERVERS.add(server);
        }
    }

    @AfterAll
    static void stop() {
        SERVERS.forEach(ConfigurableApplicationContext::close);
        REDIS.close();
    }

    @Test
    void fiveHundredAtOnceGetTheHundredThatThereAre() throws Exception {
        List<Callable<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Client caller = caller(i % 2, "crowd");
            requests.add(() -> caller.get(ONE).statusCode());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> request : threads.invokeAll(requests)) {
                statuses.add(request.get());
            }
        }
        assertThat(statuses.stream().filter(status -> status == 200).count()).isBetween(98L, 102L);
        assertThat(statuses).allMatch(status -> status == 200 || status == 429);
    }

    @Test
    void aSingleCallerHearsTheTruthFromBoth() {
        for (int i = 1; i <= 60; i++) {
            HttpResponse<String> answer = caller(i % 2, "single").get(ONE);

            Matcher left = LEFT.matcher(answer.headers().firstValue("RateLimit").orElse(""));
            assertThat(left.matches()).isTrue();
            assertThat(Integer.parseInt(left.group(1))).isBetween(99 - i, 101 - i);
        }
    }

    private static Client caller(int server, String subject) {
        String port = SERVERS.get(server).getEnvironment().getRequiredProperty("local.server.port");
        return new Client(Integer.parseInt(port), TestTokens.named(subject, "shop:read"));
    }
}
