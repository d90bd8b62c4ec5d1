package dev.vitrine.store.cosmos.server;

import dev.vitrine.store.cosmos.server.sql.Query;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The throughput of containers, which the service calls offers. It is kept and told, not enforced.
final class Throughputs {

    private final Map<String, ObjectNode> offers = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    void add(Container container, Request request) {
        String autoscale = request.header("x-ms-cosmos-offer-autopilot-settings");
        String manual = request.header("x-ms-offer-throughput");
        ObjectNode content = Json.object();
        if (autoscale != null) {
            ObjectNode settings = Json.readObject(autoscale.getBytes(StandardCharsets.UTF_8));
            content.put("offerThroughput", settings.path("maxThroughput").longValue() / 10);
            content.set("offerAutopilotSettings", settings);
        } else {
            content.put("offerThroughput", manual == null ? 400 : Long.parseLong(manual));
        }
        byte[] number = ByteBuffer.allocate(4).putInt(numbers.incrementAndGet()).array();
        String rid = Base64.getEncoder().encodeToString(new byte[] {number[3], number[2], number[1]});
        ObjectNode offer = Json.object()
                .put("offerVersion", "V2")
                .put("offerType", "Invalid")
                .put("resource", container.properties().get("_self").stringValue())
                .put("offerResourceId", container.rid().toString())
                .put("id", rid)
                .put("_rid", rid)
                .put("_self", "offers/" + rid + "/")
                .put("_etag", "\"" + rid + "\"");
        offer.set("content", content);
        offers.put(rid, offer);
    }

    void drop(Container container) {
        offers.values()
                .removeIf(offer -> offer.get("offerResourceId")
                        .stringValue()
                        .equals(container.rid().toString()));
    }

    Reply handle(Request request) {
        String rid = request.path().size() > 1 ? request.path().get(1) : null;
        return switch (request.method()) {
            case "GET" -> Reply.of(200, offer(rid));
            case "PUT" -> {
                ObjectNode offer = offer(rid);
                offer.set("content", Json.readObject(request.body()).path("content"));
                yield Reply.of(200, offer);
            }
            default -> query(request);
        };
    }

    private Reply query(Request request) {
        Query query = Query.of(Json.read(request.body()));
        ArrayNode found = Json.array();
        offers.values().stream().filter(query::selects).forEach(found::add);
        ObjectNode body = Json.object().put("_rid", "");
        body.set("Offers", found);
        body.put("_count", found.size());
        return Reply.of(200, body).with("x-ms-item-count", String.valueOf(found.size()));
    }

    private ObjectNode offer(@Nullable String rid) {
        ObjectNode offer = rid == null ? null : offers.get(rid);
        if (offer == null) {
            throw Refusal.notFound("offer " + rid);
        }
        return offer;
    }
}
