package dev.vitrine.store.cosmos.server;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ObjectNode;

/// A database and its containers, found by name or by resource id.
final class Database {

    private final String name;
    private final int number;
    private final int ranges;
    private final InstantSource clock;
    private final Map<String, Container> containers = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    Database(String name, int number, int ranges, InstantSource clock) {
        this.name = name;
        this.number = number;
        this.ranges = ranges;
        this.clock = clock;
    }

    boolean named(String text) {
        return name.equals(text) || Rids.database(number).equals(text);
    }

    ObjectNode properties() {
        String rid = Rids.database(number);
        return Json.object()
                .put("id", name)
                .put("_rid", rid)
                .put("_self", "dbs/" + rid + "/")
                .put("_etag", "\"" + rid + "\"")
                .put("_colls", "colls/")
                .put("_users", "users/")
                .put("_ts", clock.instant().getEpochSecond());
    }

    List<Container> containers() {
        return List.copyOf(containers.values());
    }

    Container container(String text) {
        return containers.values().stream()
                .filter(container ->
                        container.properties().get("id").stringValue().equals(text)
                                || container.rid().toString().equals(text))
                .findFirst()
                .orElseThrow(() -> Refusal.noOwner("dbs/" + name + "/colls/" + text));
    }

    boolean has(String container) {
        return containers.containsKey(container);
    }

    Container create(ObjectNode asked) {
        String id = asked.path("id").asString("");
        if (id.isEmpty() || id.length() > 255 || id.chars().anyMatch(next -> "/\\?#".indexOf(next) >= 0)) {
            throw Refusal.badRequest("The container's name is invalid: '" + id + "'");
        }
        Container.Rid rid = new Container.Rid(number, numbers.incrementAndGet());
        ObjectNode properties = complete(asked, rid);
        Container container = new Container(properties, rid, "dbs/" + name + "/colls/" + id, ranges, clock);
        if (containers.putIfAbsent(id, container) != null) {
            throw Refusal.conflict(id);
        }
        return container;
    }

    /// With the properties that the service adds.
    ObjectNode complete(ObjectNode asked, Container.Rid rid) {
        ObjectNode properties = asked.deepCopy();
        if (!properties.path("indexingPolicy").isObject()) {
            ObjectNode policy = properties.putObject("indexingPolicy");
            policy.put("automatic", true).put("indexingMode", "consistent");
            policy.putArray("includedPaths").addObject().put("path", "/*");
            policy.putArray("excludedPaths").addObject().put("path", "/\"_etag\"/?");
        }
        return properties
                .put("_rid", rid.toString())
                .put("_self", "dbs/" + Rids.database(number) + "/colls/" + rid + "/")
                .put("_etag", "\"" + rid + "\"")
                .put("_docs", "docs/")
                .put("_ts", clock.instant().getEpochSecond());
    }

    void drop(Container container) {
        containers.values().remove(container);
    }
}
