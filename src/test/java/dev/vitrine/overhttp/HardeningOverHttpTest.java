package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// What a browser and a hostile caller get.
class HardeningOverHttpTest extends OverHttp {

    private static final String LONG = "x".repeat(60_000);

    @Test
    void tellsBrowsersToDoNothingWithData() {
        Reply reply = get(TOKENS.with("shop:read"), "/api/shop/v1/customers?limit=1");

        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(reply.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(get("", "/actuator/health").header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void refusesAddressesAndHeadersThatAreTooLong() throws Exception {
        send(request("", "/api/shop/v1/customers?name=" + LONG)).isProblem(414, "refused");
        send(request("", "/api/shop/v1/customers", "X-Long", LONG)).isProblem(431, "refused");
    }

    /// By HTTP/1.1: over HTTP/2 such a request gets no answer, its stream is reset.
    private static Reply send(HttpRequest.Builder request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return new Reply(http.send(
                    request.version(HttpClient.Version.HTTP_1_1).build(), HttpResponse.BodyHandlers.ofString()));
        }
    }

    @Test
    void showsSettingsToNobody() {
        String operator = TOKENS.with("vitrine:operate");
        for (String endpoint : new String[] {"env", "configprops", "beans", "heapdump", "threaddump", "loggers"}) {
            assertThat(get(operator, "/actuator/" + endpoint).status()).isEqualTo(404);
        }
    }
}
