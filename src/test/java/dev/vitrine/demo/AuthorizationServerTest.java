package dev.vitrine.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.Role;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = AuthorizationServerTest.Application.class)
@ActiveProfiles("demo")
class AuthorizationServerTest {

    @TempDir
    static Path data;

    @Autowired
    JwtDecoder decoder;

    @LocalServerPort
    int port;

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("vitrine.data", data::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void givesTheDemoClientAnHourOfAnyScopeThatAContractNames(String host) throws Exception {
        HttpResponse<String> answer = token(host, "demo", "sales:read vitrine:operate");

        assertThat(answer.statusCode()).isEqualTo(200);
        Jwt token = decoder.decode(accessToken(answer));
        assertThat(token.getClaimAsStringList("scope")).containsExactlyInAnyOrder("sales:read", "vitrine:operate");
        assertThat(token.getClaimAsString("iss")).isEqualTo("http://" + host + ":" + port);
        assertThat(token.getClaimAsString("client_id")).isEqualTo("demo");
        assertThat(Duration.between(token.getIssuedAt(), token.getExpiresAt())).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void refusesAScopeThatNoContractNames() throws Exception {
        HttpResponse<String> answer = token("127.0.0.1", "demo", "payroll:read");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_scope");
    }

    @Test
    void refusesAWrongSecret() throws Exception {
        HttpResponse<String> answer = token("127.0.0.1", "guess", "sales:read");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("invalid_client");
    }

    @ParameterizedTest
    @CsvSource({
        "/oauth2/token, */*",
        "/oauth2/token, text/html",
        "/oauth2/token, application/json",
        "/oauth2/introspect, */*",
        "/oauth2/revoke, text/html"
    })
    void asksAProgramForItsClientCredentialsInsteadOfALogin(String address, String accept) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + address))
                .header("Accept", accept)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&token=t"))
                .build();

        HttpResponse<String> answer = browser.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"error\":\"invalid_client\"}");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic ");
    }

    @Test
    void refusesATokenThatNamesAnotherIssuer() throws Exception {
        HttpRequest request = tokenRequest("127.0.0.1", "demo", "sales:read")
                .header("X-Forwarded-Host", "issuer.example")
                .build();

        String token = accessToken(browser.send(request, HttpResponse.BodyHandlers.ofString()));

        assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(JwtException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void logsSwaggerUiInByCodeAndProofKey(String host) throws Exception {
        String base = "http://" + host + ":" + port;
        String redirect = base + "/swagger-ui/oauth2-redirect.html";
        URI authorize = URI.create(base + "/oauth2/authorize?"
                + form(Map.of(
                        "response_type", "code",
                        "client_id", "swagger-ui",
                        "redirect_uri", redirect,
                        "scope", "sales:read",
                        "state", "s",
                        "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                        "code_challenge_method", "S256")));
        assertThat(location(get(authorize))).endsWith("/login");

        String page = get(URI.create(base + "/login")).body();
        String csrf = group(page, "name=\"_csrf\"[^>]* value=\"([^\"]+)\"");
        HttpResponse<String> login =
                post(URI.create(base + "/login"), Map.of("username", "demo", "password", "demo", "_csrf", csrf));
        String back = location(get(URI.create(location(login))));
        assertThat(back).startsWith(redirect);

        HttpResponse<String> answer = post(
                URI.create(base + "/oauth2/token"),
                Map.of(
                        "grant_type", "authorization_code",
                        "client_id", "swagger-ui",
                        "code", group(back, "code=([^&]+)"),
                        "redirect_uri", redirect,
                        "code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        Jwt token = decoder.decode(accessToken(answer));
        assertThat(token.getSubject()).isEqualTo("demo");
        assertThat(token.getClaimAsStringList("scope")).containsExactly("sales:read");
    }

    @Test
    void keepsItsKeyOverARestart(@TempDir Path folder) throws Exception {
        assertThat(SigningKey.keptIn(folder).toJSONString())
                .isEqualTo(SigningKey.keptIn(folder).toJSONString());
    }

    private HttpResponse<String> token(String host, String secret, String scope)
            throws IOException, InterruptedException {
        return browser.send(tokenRequest(host, secret, scope).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder tokenRequest(String host, String secret, String scope) {
        String basic = Base64.getEncoder().encodeToString(("demo:" + secret).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + "/oauth2/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        form(Map.of("grant_type", "client_credentials", "scope", scope))));
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri).header("Accept", "text/html").build();
        return browser.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(URI uri, Map<String, String> fields) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(fields)))
                .build();
        return browser.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String form(Map<String, String> fields) {
        return String.join(
                "&",
                fields.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .toList());
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static String accessToken(HttpResponse<String> answer) {
        return group(answer.body(), "\"access_token\":\"([^\"]+)\"");
    }

    private static String group(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(AuthorizationServer.class)
    static class Application {

        @Bean
        Contracts contracts() {
            Role role = new Role("sales:read", null, Set.of(), Map.of());
            DataProduct sales = new DataProduct(
                    "sales",
                    1,
                    "1.0.0",
                    DataProduct.Status.ACTIVE,
                    "sales",
                    null,
                    "gold",
                    List.of(),
                    List.of(role),
                    List.of(),
                    Path.of("contract.odcs.yaml"));
            return new Contracts() {
                @Override
                public List<DataProduct> products() {
                    return List.of(sales);
                }

                @Override
                public List<GoldTable> tables() {
                    return List.of();
                }
            };
        }
    }
}
