package dev.vitrine.store.cosmos.server;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The databases, and who answers which address. Threads may share it.
final class Account {

    private final CosmosServer.Options options;
    private final Faults faults;
    private final InstantSource clock;
    private final Throughputs throughputs = new Throughputs();
    private final Map<String, Database> databases = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile boolean creationForbidden;

    Account(CosmosServer.Options options, Faults faults, InstantSource clock) {
        this.options = options;
        this.faults = faults;
        this.clock = clock;
    }

    /// As for a caller whose role covers data alone.
    void forbidCreation() {
        creationForbidden = true;
    }

    List<Container> containers() {
        return databases.values().stream()
                .flatMap(database -> database.containers().stream())
                .toList();
    }

    Reply handle(Request request, String address) {
        List<String> path = request.path();
        if (path.isEmpty()) {
            return Reply.of(200, properties(address));
        }
        if (path.getFirst().equals("offers")) {
            return throughputs.handle(request);
        }
        if (!path.getFirst().equals("dbs")) {
            throw Refusal.notFound(String.join("/", path));
        }
        if (path.size() <= 2) {
            return databases(request);
        }
        Database database = database(path.get(1));
        return path.size() <= 4 ? containers(request, database) : inContainer(request, database.container(path.get(3)));
    }

    private ObjectNode properties(String address) {
        ObjectNode account = Json.object()
                .put("id", "local")
                .put("_rid", "local")
                .put("_self", "")
                .put("_dbs", "//dbs/")
                .put("enableMultipleWriteLocations", false)
                .put("queryEngineConfiguration", "{\"maxSqlQueryInputLength\":262144}");
        List.of("writableLocations", "readableLocations")
                .forEach(locations -> account.putArray(locations)
                        .addObject()
                        .put("name", "Here")
                        .put("databaseAccountEndpoint", address));
        account.putObject("userConsistencyPolicy").put("defaultConsistencyLevel", options.consistency());
        List.of("userReplicationPolicy", "systemReplicationPolicy")
                .forEach(policy ->
                        account.putObject(policy).put("minReplicaSetSize", 3).put("maxReplicasetSize", 4));
        return account;
    }

    private Reply databases(Request request) {
        if (request.path().size() == 2) {
            Database database = database(request.path().get(1));
            if (request.method().equals("DELETE")) {
                databases.values().remove(database);
                return Reply.of(204, null);
            }
            return Reply.of(200, database.properties());
        }
        if (request.method().equals("GET") || request.flag("x-ms-documentdb-isquery")) {
            ArrayNode all = Json.array();
            databases.values().forEach(database -> all.add(database.properties()));
            return list("Databases", all);
        }
        creating();
        String id = Json.readObject(request.body()).path("id").asString("");
        Database database = new Database(id, numbers.incrementAndGet(), options.ranges(), clock);
        if (databases.putIfAbsent(id, database) != null) {
            throw Refusal.conflict(id);
        }
        return Reply.of(201, database.properties());
    }

    private void creating() {
        if (creationForbidden) {
            throw Refusal.of(
                    403, 5300, "Request blocked by Auth: the request cannot be authorized by AAD token in data plane.");
        }
    }

    private Database database(String name) {
        return databases.values().stream()
                .filter(database -> database.named(name))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("dbs/" + name));
    }

    private Reply containers(Request request, Database database) {
        if (request.path().size() == 3) {
            if (request.method().equals("GET") || request.flag("x-ms-documentdb-isquery")) {
                ArrayNode all = Json.array();
                database.containers().forEach(container -> all.add(container.properties()));
                return list("DocumentCollections", all);
            }
            creating();
            Container container = database.create(Json.readObject(request.body()));
            throughputs.add(container, request);
            return Reply.of(201, container.properties());
        }
        Container container = existing(database, request.path().get(3));
        switch (request.method()) {
            case "DELETE" -> {
                creating();
                database.drop(container);
                throughputs.drop(container);
                return Reply.of(204, null)
                        .with("x-ms-content-path", container.rid().toString());
            }
            case "PUT" -> {
                creating();
                container.replace(database.complete(Json.readObject(request.body()), container.rid()));
            }
            default -> {}
        }
        return Reply.of(200, container.properties())
                .with(
                        "x-ms-alt-content-path",
                        "dbs/" + database.properties().get("id").stringValue());
    }

    /// The container is what is asked for here, not the owner of it.
    private static Container existing(Database database, String name) {
        try {
            return database.container(name);
        } catch (Refusal missing) {
            throw Refusal.notFound(name);
        }
    }

    private static Reply list(String name, ArrayNode all) {
        ObjectNode body = Json.object().put("_rid", "");
        body.set(name, all);
        body.put("_count", all.size());
        return Reply.of(200, body).with("x-ms-item-count", String.valueOf(all.size()));
    }

    private Reply inContainer(Request request, Container container) {
        String intended = request.header("x-ms-cosmos-intended-collection-rid");
        if (intended != null && !intended.equals(container.rid().toString())) {
            throw Refusal.of(400, 1024, "The container was recreated: " + container.path());
        }
        return new ContainerDoors(container, faults, options.pageItems())
                .handle(Operation.of(request), request.below(4))
                .with("x-ms-alt-content-path", container.path())
                .with("x-ms-content-path", container.rid().toString());
    }
}
