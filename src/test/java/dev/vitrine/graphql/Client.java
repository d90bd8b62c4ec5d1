package dev.vitrine.graphql;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Asks a local server.
record Client(int port, String token) {

    static final String ADDRESS = "/api/shop/v1/graphql";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    /// With these scopes, separated by spaces.
    static Client with(int port, String scopes) {
        return new Client(port, GraphQlTestApplication.token(scopes));
    }

    /// Asks as a careful client does.
    Reply ask(String document) {
        return ask(document, Map.of());
    }

    Reply ask(String document, Map<String, ?> variables) {
        return post(JSON.writeValueAsString(Map.of("query", document, "variables", variables)));
    }

    /// Sends JSON to another address.
    Reply postTo(String address, String json) {
        return send(request(address, "Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    Reply post(String body, String... headers) {
        HttpRequest.Builder request = request(ADDRESS, headers).POST(BodyPublishers.ofString(body));
        if (headers.length == 0) {
            request.header("Content-Type", "application/json").header("Accept", "application/graphql-response+json");
        }
        return send(request);
    }

    Reply get(String address, String... headers) {
        return send(request(address, headers).GET());
    }

    Reply send(String method, String address, String... headers) {
        return send(request(address, headers).method(method, BodyPublishers.noBody()));
    }

    static String query(String document) {
        return ADDRESS + "?query=" + encoded(document);
    }

    static String encoded(@Nullable String text) {
        return URLEncoder.encode(String.valueOf(text), StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String address, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + address))
                .timeout(Duration.ofMinutes(1));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static Reply send(HttpRequest.Builder request) {
        try {
            return new Reply(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
