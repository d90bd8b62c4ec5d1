package dev.vitrine.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.graphql.schema.ProductSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Whatever is asked: an answer in time, with a code for what is wrong, and nothing of what the caller may not see.
@GraphQlTest
class GraphQlFuzzTest {

    private static final int ROUNDS = 300;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Map<String, Client> callers = new HashMap<>();

    GraphQlFuzzTest(@LocalServerPort int port) {
        for (String scopes :
                List.of("shop:read", "shop:support", "shop:europe", "shop:orders", "shop:europe shop:read")) {
            callers.put(scopes, Client.with(port, scopes));
        }
    }

    @Test
    void everyDocumentIsAnsweredWithDataOrWithWhatIsWrong() {
        System.out.println("GraphQlFuzzTest seed " + seed);
        RandomDocuments documents = new RandomDocuments(
                ProductSchema.of(ChosenContracts.SHOP.products().getFirst()), random);
        Map<String, Integer> seen = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            String document = documents.next();
            String scopes = List.copyOf(callers.keySet()).get(random.nextInt(callers.size()));
            Client caller = java.util.Objects.requireNonNull(callers.get(scopes));
            Reply reply = random.nextInt(4) == 0 && document.length() < 1_500
                    ? caller.get(Client.query(document))
                    : caller.ask(document, random.nextBoolean() ? Map.of() : Map.of("v", random.nextInt(70)));
            String what = "seed %d round %d, %s: %s%n%s".formatted(seed, round, scopes, document, reply.body());

            assertThat(reply.status()).as(what).isIn(200, 400, 405);
            reply.json().path("errors").forEach(error -> {
                String code = error.path("extensions").path("code").asString();
                assertThat(code).as(what).isNotEmpty().isNotEqualTo("internal-error");
                seen.merge(code, 1, Integer::sum);
            });
            if (reply.json().path("data").isObject()) {
                seen.merge("data", 1, Integer::sum);
            }
            requireNothingHidden(reply.json().path("data"), scopes, what);
        }
        System.out.println("GraphQlFuzzTest saw " + seen);
        assertThat(seen).containsKeys("data", "invalid-request", "malformed-request", "forbidden");
    }

    /// Restricted values and rows are told apart by how they are written, whatever alias they come under.
    private static void requireNothingHidden(@Nullable JsonNode data, String scopes, String what) {
        String text = String.valueOf(data);
        if (!scopes.contains("support") && !scopes.contains("europe")) {
            assertThat(text).as(what).doesNotContainPattern("\"\\+\\d|@example.org");
        }
        if (scopes.equals("shop:europe")) {
            assertThat(text).as(what).doesNotContain("MIDDLE EAST");
        }
    }
}
