package dev.vitrine.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Issues real tokens, and publishes who it is and the keys to check them with, on a port of its own.
public final class Issuer implements AutoCloseable {

    public static final String AUDIENCE = "vitrine";

    private final HttpServer server;
    private final List<RSAKey> published = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile RSAKey signing;
    private volatile boolean away;

    public Issuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        signing = key("one");
        published.add(signing);
        server.createContext(
                "/realm/.well-known/openid-configuration",
                exchange -> answer(exchange, """
                {"issuer": "%s", "jwks_uri": "%s"}""".formatted(name(), keysAddress())));
        server.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            answer(exchange, new JWKSet(new ArrayList<>(published)).toString());
        });
        server.start();
    }

    private void answer(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            if (away) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /// What its tokens say in `iss`.
    public String name() {
        return "http://localhost:" + server.getAddress().getPort() + "/realm";
    }

    public String keysAddress() {
        return "http://localhost:" + server.getAddress().getPort() + "/keys";
    }

    /// How often it was asked for its keys.
    int asked() {
        return asked.get();
    }

    /// Answers every question with 503 from now on, or does not any more.
    void away(boolean now) {
        away = now;
    }

    /// Signs with a new key from now on, which is published; the ones before stay published.
    public void rotate(String keyId) {
        RSAKey next = key(keyId);
        published.add(next);
        signing = next;
    }

    /// Publishes only the key that it signs with now.
    void withdrawOlderKeys() {
        published.retainAll(List.of(signing));
    }

    /// The public key that it signs with now.
    public RSAKey publicKey() {
        return signing.toPublicJWK();
    }

    /// A good token, unless the claims are changed.
    public String token(Consumer<JWTClaimsSet.Builder> change) {
        return sign(signing, new JWSHeader.Builder(JWSAlgorithm.RS256), change);
    }

    /// A token whose header is changed, too.
    public String token(JWSHeader.Builder header, Consumer<JWTClaimsSet.Builder> change) {
        return sign(signing, header, change);
    }

    /// A token with the right claims and the signature of somebody else.
    public String forged() {
        return sign(key(signing.getKeyID()), new JWSHeader.Builder(JWSAlgorithm.RS256), claims -> {});
    }

    private String sign(RSAKey key, JWSHeader.Builder header, Consumer<JWTClaimsSet.Builder> change) {
        try {
            JWSHeader complete = header.build();
            if (complete.getKeyID() == null) {
                complete = header.keyID(key.getKeyID()).build();
            }
            SignedJWT token = new SignedJWT(complete, claims(change));
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The claims of a good token, changed.
    public JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(name())
                .audience(AUDIENCE)
                .subject("ada")
                .claim("azp", "notebook")
                .claim("scope", "sales:read sales:support")
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
        change.accept(claims);
        return claims.build();
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
