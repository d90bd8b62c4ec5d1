package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// API keys from their making to their end.
class ApiKeysOverHttpTest extends OverHttp {

    private static final String READ = "/api/shop/v1/customers?limit=1";

    private final String operator = TOKENS.with("vitrine:operate");

    @Test
    void aKeyOpensWhatATokenWithItsScopesOpensUntilItIsRevoked() {
        int withToken = get(TOKENS.with("shop:read"), READ).status();
        JsonNode made = post(operator, "/actuator/apikeys", """
                {"name": "till 7", "scopes": "shop:read", "claims": "region=EUROPE", "expires": "90d"}""").json();
        String key = made.path("key").asString();
        String address = "/actuator/apikeys/" + made.path("id").asString();

        assertThat(get("", READ, "X-API-Key", key).status())
                .isEqualTo(withToken)
                .isNotIn(401, 403);
        assertThat(get("", READ, "x-api-key", key).header("RateLimit")).isNotNull();
        get("", READ, "X-API-Key", key + "A").isProblem(401, "unauthenticated").saying("API key is not good");
        assertThat(get("", "/actuator/apikeys", "X-API-Key", key).status()).isEqualTo(403);
        assertThat(get(operator, "/actuator/apikeys").body())
                .contains("\"till 7\"")
                .doesNotContain(key)
                .doesNotContain("hash");

        JsonNode rotated =
                post(operator, address + "/rotate", "{\"overlap\": \"PT1H\"}").json();
        String second = rotated.path("key").asString();
        assertThat(get("", READ, "X-API-Key", key).status()).isEqualTo(withToken);
        assertThat(get("", READ, "X-API-Key", second).status()).isEqualTo(withToken);

        assertThat(post(operator, address, "{\"scopes\": \"other:read\"}").status())
                .isEqualTo(200);
        assertThat(get("", READ, "X-API-Key", second).status()).isEqualTo(403);

        assertThat(delete(operator, address).status()).isEqualTo(200);
        Reply refused = get("", READ, "X-API-Key", second);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
        assertThat(delete(operator, address).status()).isEqualTo(404);
        post(operator, address + "/rotate", "{}")
                .isProblem(404, "unknown-address")
                .saying("no such API key");
    }

    @Test
    void saysAllThatIsWrongWithAKeyAtOnce() {
        post(operator, "/actuator/apikeys", """
                {"name": "", "scopes": "%s", "claims": "sub=me", "expires": "never"}""".formatted("a".repeat(1001)))
                .isProblem(400, "invalid-request")
                .saying(
                        "name is ''",
                        "scopes has 1001 characters, of at most 1000",
                        "claims holds sub",
                        "expires is 'never'");
    }

    @Test
    void saysUntilWhenThereIsNoRoomForAnotherSecret() {
        JsonNode made = post(operator, "/actuator/apikeys", """
                {"name": "till 9", "scopes": "shop:read"}""").json();
        String address = "/actuator/apikeys/" + made.path("id").asString();
        for (int rotation = 1; rotation <= 3; rotation++) {
            assertThat(post(operator, address + "/rotate", "{}").status()).isEqualTo(200);
        }

        post(operator, address + "/rotate", "{}")
                .isProblem(409, "conflict")
                .saying("has 4 good secrets", "is good until ");
        assertThat(get("", READ, "X-API-Key", made.path("key").asString()).status())
                .isNotEqualTo(401);
        assertThat(post(operator, address + "/rotate", "{\"overlap\": \"0s\"}").status())
                .isEqualTo(200);
        assertThat(get("", READ, "X-API-Key", made.path("key").asString()).status())
                .isEqualTo(401);
    }

    @Test
    void saysWhatIsWrongWithARequestThatIsNoneOfThese() throws Exception {
        post(operator, "/actuator/apikeys", "name=till")
                .isProblem(400, "invalid-request")
                .saying("The body is no JSON object");
        post(operator, "/actuator/apikeys", "[1]").isProblem(400, "invalid-request");
        Reply notAllowed = delete(operator, "/actuator/apikeys").isProblem(405, "method-not-allowed");
        assertThat(notAllowed
                        .saying("DELETE is not allowed here; this address takes ")
                        .header("Allow"))
                .contains("GET", "POST");
    }

    @Test
    void anAnswerVariesWithTheKey() {
        assertThat(get(operator, READ).http().headers().allValues("Vary")).contains("X-API-Key");
    }

    @Test
    void refusesSeveralCredentials() {
        String key = post(operator, "/actuator/apikeys", """
                {"name": "till 8", "scopes": "shop:read"}""").json().path("key").asString();

        for (Reply reply : new Reply[] {
            get(TOKENS.with("shop:read"), READ, "X-API-Key", key), get("", READ, "X-API-Key", key, "X-API-Key", key)
        }) {
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
        }
        assertThat(get("", READ + "&X-API-Key=" + key).status()).isEqualTo(401);
    }

    @Test
    void refusesKeysThatCouldMakeKeys() {
        post(operator, "/actuator/apikeys", """
                {"name": "robot", "scopes": "vitrine:operate"}""")
                .isProblem(400, "invalid-request")
                .saying("vitrine:operate");
        post(operator, "/actuator/apikeys", "{}")
                .isProblem(400, "invalid-request")
                .saying("name");
        assertThat(post(TOKENS.with("shop:read"), "/actuator/apikeys", "{\"name\": \"a\", \"scopes\": \"b\"}")
                        .status())
                .isEqualTo(403);
    }
}
