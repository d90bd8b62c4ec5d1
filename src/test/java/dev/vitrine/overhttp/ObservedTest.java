package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.sun.net.httpserver.HttpServer;
import dev.vitrine.KeptSpans;
import dev.vitrine.Vitrine;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.DispatcherServlet;
import tools.jackson.databind.json.JsonMapper;

/// A service with twenty products of five entities, as those who watch over it see it. It is started as in production,
/// since tests of Spring's kind switch exporters off.
class ObservedTest {

    private static final int PRODUCTS = 20;
    private static final int ENTITIES = 5;
    private static final int SERIES = 10_000;
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Tokens TOKENS = new Tokens();
    private static final String METER = "vitrine.http.requests";
    /// As Latin-1, in which protocol buffers show bytes and names as they are.
    private static final String TRACE_BYTES = new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1);
    private static final Set<String> WANTED = Set.of(METER, TRACE_BYTES);
    /// What of it was posted to the collector.
    private static final Set<String> COLLECTED = ConcurrentHashMap.newKeySet();

    private static final KeptSpans SPANS = new KeptSpans();

    @TempDir
    static Path folder;

    private static HttpServer collector;
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
            WANTED.stream().filter(body::contains).forEach(COLLECTED::add);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        String collecting = "http://127.0.0.1:" + collector.getAddress().getPort();
        for (int product = 1; product <= PRODUCTS; product++) {
            Files.writeString(
                    Files.createDirectories(folder.resolve("contracts")).resolve("p" + product + ".odcs.yaml"),
                    contract("p" + product));
        }
        TOKENS.publish(folder.resolve("issuer.pem"));
        SpringApplication application = new SpringApplication(Vitrine.class);
        application.addInitializers(
                context -> ((GenericApplicationContext) context).registerBean(KeptSpans.class, () -> SPANS));
        service = application.run(
                "--server.port=0",
                "--vitrine.contracts=" + folder.resolve("contracts"),
                "--vitrine.data=" + folder.resolve("data"),
                "--spring.security.oauth2.resourceserver.jwt.public-key-location="
                        + folder.resolve("issuer.pem").toUri(),
                "--logging.level.dev.vitrine=off",
                "--management.opentelemetry.tracing.export.otlp.endpoint=" + collecting + "/v1/traces",
                "--management.opentelemetry.tracing.export.schedule-delay=200ms",
                "--management.otlp.metrics.export.enabled=true",
                "--management.otlp.metrics.export.url=" + collecting + "/v1/metrics",
                "--management.otlp.metrics.export.step=1s");
    }

    @AfterAll
    static void end() {
        service.close();
        collector.stop(0);
    }

    @Test
    void hasFewerThanTenThousandSeriesWhateverIsAsked() throws Exception {
        String token = TOKENS.with("any:read");
        for (int product = 1; product <= PRODUCTS; product++) {
            for (int entity = 1; entity <= ENTITIES; entity++) {
                String collection = "/api/p%d/v1/e%d".formatted(product, entity);
                for (String path : new String[] {"", "/1", "/1/others", ":batchGet", "?nonsense=1", "/1?nonsense=1"}) {
                    get(token, collection + path);
                }
                get("", collection + "/1");
                graphQl(token, "p" + product, "{ e%d(first: 1) { totalCount } }".formatted(entity));
            }
            get(token, "/api/p%d/v1/stranger".formatted(product));
            get(token, "/api/stranger%d/v1/e1".formatted(product));
        }

        String scrape =
                get(TOKENS.with("vitrine:metrics"), "/actuator/prometheus").body();

        long series = scrape.lines().filter(line -> !line.startsWith("#")).count();
        System.out.printf("%d products x %d entities: %d series%n", PRODUCTS, ENTITIES, series);
        assertThat(series).isLessThan(SERIES);
        assertThat(scrape)
                .contains("vitrine_http_requests_total{entity=\"e5\",operation=\"list\",outcome=\"failed\"")
                .contains("operation=\"batch\"", "operation=\"get\"", "operation=\"related\"", "operation=\"graphql\"")
                .contains("uri=\"/api/**\"")
                .doesNotContain("stranger", "uri=\"/api/p1");
        assertThat(scrape.lines().filter(line -> line.startsWith("vitrine_http_response_time_seconds")))
                .as("histograms have no label of the outcome")
                .noneMatch(line -> line.contains("outcome="));
    }

    @Test
    void tellsMetricsAndTheTracesThatCallersAskFor() throws Exception {
        HTTP.send(
                HttpRequest.newBuilder(address("/api/p1/v1/e1/1"))
                        .header("Authorization", "Bearer " + TOKENS.with("any:read"))
                        .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                        .build(),
                BodyHandlers.discarding());

        for (int tries = 0; tries < 1200 && !COLLECTED.containsAll(WANTED); tries++) {
            Thread.sleep(50);
        }
        assertThat(COLLECTED).isEqualTo(WANTED);
    }

    @Test
    void whatIsReadForACallerIsInTheCallersTraceIfThatIsSampled() throws Exception {
        String unsampled = "1af7651916cd43dd8448eb211c80319c";
        String trace = "0af7651916cd43dd8448eb211c80319c";
        traced("/api/p2/v1/e1/1", "00-" + unsampled + "-b7ad6b7169203331-00");
        traced("/api/p2/v1/e1/1", "00-" + trace + "-b7ad6b7169203331-01");

        await(() -> SPANS.of(trace).size() >= 2);
        SpanData request = SPANS.of(trace).stream()
                .filter(span -> span.getKind() == SpanKind.SERVER)
                .findFirst()
                .orElseThrow();
        SpanData read = SPANS.of(trace).stream()
                .filter(span -> span.getName().equals("store.get"))
                .findFirst()
                .orElseThrow();
        assertThat(request.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(read.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(read.getAttributes().get(AttributeKey.stringKey("vitrine.table")))
                .isEqualTo("p2/t1");
        assertThat(SPANS.of(unsampled)).isEmpty();
    }

    @Test
    void aScrapeNamesTracesAsExemplars() throws Exception {
        String trace = "2af7651916cd43dd8448eb211c80319c";
        await(() -> {
            traced("/api/p3/v1/e1/1", "00-" + trace + "-b7ad6b7169203331-01");
            String scrape = get(
                            TOKENS.with("vitrine:metrics"),
                            "/actuator/prometheus",
                            "Accept",
                            "application/openmetrics-text;version=1.0.0")
                    .body();
            return scrape.lines()
                    .anyMatch(line -> line.startsWith("vitrine_http_response_time_seconds_bucket{entity=\"e1\"")
                            && line.contains("product=\"p3\"")
                            && line.contains("trace_id=\"" + trace + "\""));
        });
    }

    @Test
    void linesOfTheLogThatAreJsonHoldTheTrace() throws Exception {
        String trace = "3af7651916cd43dd8448eb211c80319c";
        List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                event.getMDCPropertyMap();
                events.add(event);
            }
        };
        Logger logger = (Logger) LoggerFactory.getLogger(DispatcherServlet.class);
        Level before = logger.getLevel();
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
        logger.setLevel(Level.DEBUG);
        try {
            traced("/api/p4/v1/e1/1", "00-" + trace + "-b7ad6b7169203331-00");
        } finally {
            logger.setLevel(before);
            logger.setAdditive(true);
            logger.detachAppender(appender);
        }

        LoggerContext context = new LoggerContext();
        context.putObject(Environment.class.getName(), service.getEnvironment());
        StructuredLogEncoder encoder = new StructuredLogEncoder();
        encoder.setContext(context);
        encoder.setFormat("ecs");
        encoder.start();
        assertThat(events.stream()
                        .map(event -> new String(encoder.encode(event), StandardCharsets.UTF_8))
                        .map(line -> JsonMapper.shared().readTree(line))
                        .map(line -> line.path("traceId").asString("")))
                .contains(trace);
    }

    private static void traced(String path, String parent) throws IOException, InterruptedException {
        assertThat(get(TOKENS.with("any:read"), path, "traceparent", parent).statusCode())
                .as("there is no table, but it is looked for")
                .isEqualTo(503);
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("within a minute").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private static HttpResponse<String> get(String token, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static void graphQl(String token, String product, String document)
            throws IOException, InterruptedException {
        HTTP.send(
                HttpRequest.newBuilder(address("/api/" + product + "/v1/graphql"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"query\": \"" + document + "\"}"))
                        .build(),
                BodyHandlers.discarding());
    }

    private static URI address(String path) {
        return URI.create("http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port") + path);
    }

    private static String contract(String product) {
        String entities = IntStream.rangeClosed(1, ENTITIES)
                .mapToObj(entity -> """
                          - name: e%1$d
                            physicalName: t%1$d
                            properties:
                              - {name: id, logicalType: integer, primaryKey: true, required: true}
                        """.formatted(entity))
                .collect(Collectors.joining());
        return """
                apiVersion: v3.1.0
                kind: DataContract
                id: %1$s
                name: %1$s
                version: 1.0.0
                status: active
                servers:
                  - {server: files, type: local, format: delta, path: "%2$s"}
                schema:
                %3$sroles:
                  - {role: any:read, access: read}
                slaProperties:
                  - {property: latency, value: 1, unit: m}
                  - {property: availability, value: 99.9, unit: percent}
                  - {property: responseTime, value: 50, unit: ms}
                """.formatted(product, folder.resolve("lake").resolve(product), entities);
    }
}
