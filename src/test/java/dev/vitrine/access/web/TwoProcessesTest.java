package dev.vitrine.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.OneRedis;
import dev.vitrine.access.token.Issuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
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
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// Two servers, each with a security chain, limits and Redis connections of its own, that share nothing but the Redis.
class TwoProcessesTest {

    private static final Pattern REMAINING = Pattern.compile("\"minute\";r=(\\d+);t=\\d+");

    private static final Issuer ISSUER = new Issuer();
    private static final OneRedis REDIS = new OneRedis();
    private static final List<ConfigurableApplicationContext> SERVERS = new ArrayList<>();

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        for (int server = 0; server < 2; server++) {
            SERVERS.add(new SpringApplication(AccessTest.Application.class)
                    .run(
                            "--server.port=0",
                            "--server.address=127.0.0.1",
                            "--spring.jmx.enabled=false",
                            "--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + ISSUER.name(),
                            "--spring.security.oauth2.resourceserver.jwt.audiences=" + Issuer.AUDIENCE,
                            "--spring.data.redis.port=" + REDIS.port(),
                            // The requests come all at once; nothing may be lost to a slow machine.
                            "--vitrine.limits.redis.timeout=10s",
                            "--vitrine.limits.kind=redis",
                            "--vitrine.limits.default-plan=hundred",
                            "--vitrine.limits.plans.hundred.minute=100/1m"));
        }
    }

    @AfterAll
    static void stop() {
        SERVERS.forEach(ConfigurableApplicationContext::close);
        REDIS.close();
        ISSUER.close();
    }

    @Test
    void admitAHundredOfFiveHundredRequestsThatComeAtOnce() throws Exception {
        String token = ISSUER.token(claims -> claims.subject("everybody at once"));
        List<Callable<Integer>> requests = new ArrayList<>();
        for (int request = 0; request < 500; request++) {
            int server = request % 2;
            requests.add(() -> get(server, token).statusCode());
        }

        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(50)) {
            for (Future<Integer> status : callers.invokeAll(requests)) {
                statuses.add(status.get());
            }
        }

        assertThat(statuses).allMatch(status -> status == 200 || status == 429);
        assertThat(statuses.stream().filter(status -> status == 200).count()).isBetween(98L, 102L);
    }

    @Test
    void tellASingleCallerWhatIsLeftInBoth() throws Exception {
        String token = ISSUER.token(claims -> claims.subject("one after the other"));
        for (int request = 1; request <= 103; request++) {
            HttpResponse<String> reply = get(request % 2, token);

            Matcher remaining =
                    REMAINING.matcher(reply.headers().firstValue("RateLimit").orElseThrow());
            assertThat(remaining.find()).isTrue();
            long left = Math.max(0, 100 - request);
            assertThat(Long.parseLong(remaining.group(1))).isBetween(Math.max(0, left - 1), left + 1);
            assertThat(reply.headers().firstValue("RateLimit-Policy")).hasValue("\"minute\";q=100;w=60");
            if (reply.statusCode() == 429) {
                assertThat(request).isGreaterThanOrEqualTo(99);
                assertThat(reply.headers().firstValueAsLong("Retry-After")).isPresent();
            }
        }
    }

    private HttpResponse<String> get(int server, String token) throws Exception {
        String port = SERVERS.get(server).getEnvironment().getRequiredProperty("local.server.port");
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/sales/v1/customers/1"))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
