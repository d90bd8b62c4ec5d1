package dev.vitrine.store.cosmos.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitrine.store.cosmos.server.sql.SqlInvalid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A Cosmos DB account in this process, on a port of its own of the loopback interface. Everything is in memory and
/// gone with [#close]. Any key is accepted. The SDK has to be told `COSMOS.HTTP_CONNECTION_WITHOUT_TLS_ALLOWED`,
/// `gatewayMode()` and `endpointDiscoveryEnabled(false)`.
public final class CosmosServer implements AutoCloseable {

    /// A key that the SDK takes for one.
    public static final String KEY = "dml0cmluZQ==";

    static {
        // Or every answer waits 40 ms for the client's acknowledgement of its first packet.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Faults faults;
    private final Account account;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final Tally tally = new Tally();

    /// @param ranges partition key ranges of each container
    /// @param pageItems how many documents a page of a query has at most, whatever is asked for
    /// @param consistency the account's default level: `Session`, `Strong`, `BoundedStaleness`, `Eventual`
    /// @param seed of the dice of [Fault#chance]
    public record Options(int ranges, int pageItems, String consistency, long seed) {

        /// Three ranges, pages as asked for, session consistency.
        public static Options standard() {
            return new Options(3, 1000, "Session", 1);
        }
    }

    private CosmosServer(HttpServer http, Options options) {
        this.http = http;
        this.faults = new Faults(options.seed());
        this.account = new Account(options, faults, () -> Instant.now().plus(ahead.get()));
        http.createContext("/", this::handle);
        http.setExecutor(threads);
        http.start();
    }

    /// Starts one with the standard options.
    public static CosmosServer start() {
        return start(Options.standard());
    }

    /// Starts one.
    public static CosmosServer start(Options options) {
        try {
            return new CosmosServer(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), options);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on the loopback interface", e);
        }
    }

    /// `http://127.0.0.1:41234/`
    public String endpoint() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/";
    }

    /// What goes wrong.
    public Faults faults() {
        return faults;
    }

    /// From now on callers may not create, change or drop databases and containers.
    public void forbidCreation() {
        account.forbidCreation();
    }

    /// Lets the server's clock jump: documents with a time to live expire.
    public void advance(Duration time) {
        ahead.updateAndGet(time::plus);
    }

    /// From now on the replicas of the containers that exist lag: who reads without a session token sees the past.
    ///
    /// @param names of the containers
    public void freezeReplicas(Predicate<String> names) {
        account.containers().stream()
                .filter(container ->
                        names.test(container.path().substring(container.path().lastIndexOf('/') + 1)))
                .forEach(container -> container.partitions().forEach(Partition::freezeReplica));
    }

    /// Names of the containers of all databases.
    public List<String> containers() {
        return account.containers().stream()
                .map(container -> container.properties().get("id").stringValue())
                .toList();
    }

    /// All documents of all containers, as text.
    public List<String> documents() {
        return account.containers().stream()
                .flatMap(container -> container.partitions().stream()
                        .flatMap(partition -> container.items(partition, EpkRange.ALL).stream()))
                .map(item -> item.document().toString())
                .toList();
    }

    /// How many requests of this kind were answered, refusals and faults too.
    public long requests(Operation operation) {
        return tally.requests(operation);
    }

    /// Request units of this kind so far: an estimate.
    public double charge(Operation operation) {
        return tally.charge(operation);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = Request.of(exchange);
            Operation operation = Operation.of(request);
            Optional<Fault.Effect> fault = faults.next(operation);
            Reply reply = fault.isEmpty() ? answer(request) : faulty(request, fault.get());
            tally.add(operation, reply == null ? 0 : reply.charge());
            if (reply != null) {
                send(exchange, request, reply);
            }
        }
    }

    /// Null: the connection ends.
    private @Nullable Reply faulty(Request request, Fault.Effect effect) {
        return switch (effect) {
            case Fault.Effect.Status status ->
                Refusal.of(status.code(), status.substatus(), "a fault that a test asked for")
                        .reply()
                        .with(
                                "x-ms-retry-after-ms",
                                String.valueOf(status.retryAfter().toMillis()));
            case Fault.Effect.Delay delay -> {
                try {
                    Thread.sleep(delay.time());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    yield null;
                }
                yield answer(request);
            }
            case Fault.Effect.Cut cut -> {
                if (cut.after()) {
                    answer(request);
                }
                yield null;
            }
        };
    }

    private Reply answer(Request request) {
        try {
            return account.handle(request, endpoint());
        } catch (Refusal refusal) {
            return refusal.reply();
        } catch (SqlInvalid invalid) {
            return Refusal.badRequest("{\"errors\":[{\"severity\":\"Error\",\"message\":\"%s\"}]}"
                            .formatted(invalid.getMessage()))
                    .reply();
        } catch (RuntimeException unexpected) {
            unexpected.printStackTrace();
            return Refusal.of(500, 0, "the test server failed: " + unexpected).reply();
        }
    }

    private static void send(HttpExchange exchange, Request request, Reply reply) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("x-ms-request-charge", String.valueOf(reply.charge()));
        headers.set(
                "x-ms-activity-id",
                Optional.ofNullable(request.header("x-ms-activity-id"))
                        .orElseGet(() -> UUID.randomUUID().toString()));
        reply.headers().forEach(headers::set);
        byte[] body = reply.body() == null ? new byte[0] : Json.bytes(reply.body());
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
