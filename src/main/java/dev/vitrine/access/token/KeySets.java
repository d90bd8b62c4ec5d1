package dev.vitrine.access.token;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where an issuer publishes its keys, asked over HTTP. One thread at a time.
final class KeySets implements KeySource {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 3_000;
    private static final int MOST_BYTES = 1 << 20;

    private final @Nullable String issuer;
    private final @Nullable String address;
    private final ResourceRetriever http = new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES);
    private @Nullable String discovered;

    /// @param issuer whose keys are found by discovery, if there is no address
    /// @param address of the keys
    KeySets(@Nullable String issuer, @Nullable String address) {
        if (issuer == null && address == null) {
            throw new IllegalArgumentException("neither an issuer nor an address of keys");
        }
        this.issuer = issuer;
        this.address = address;
    }

    @Override
    public JWKSet fetch() throws IOException {
        if (address != null) {
            return keys(address);
        }
        String from = discovered != null ? discovered : discover();
        // Unless it still works: the keys may have moved.
        discovered = null;
        JWKSet keys = keys(from);
        discovered = from;
        return keys;
    }

    private JWKSet keys(String from) throws IOException {
        try {
            JWKSet keys = JWKSet.parse(text(from));
            if (keys.isEmpty()) {
                throw new IOException("no keys are at " + from);
            }
            return keys;
        } catch (ParseException e) {
            throw new IOException("what is at %s is no set of keys: %s".formatted(from, e.getMessage()), e);
        }
    }

    /// OpenID Connect Discovery 1.0 puts its path behind the issuer, RFC 8414 its own between host and path.
    private String discover() throws IOException {
        String name = String.valueOf(issuer);
        String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        URI uri = URI.create(plain);
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String root = plain.substring(0, plain.length() - path.length());
        try {
            return keysOf(name, plain + "/.well-known/openid-configuration");
        } catch (IOException first) {
            try {
                return keysOf(name, root + "/.well-known/oauth-authorization-server" + path);
            } catch (IOException second) {
                first.addSuppressed(second);
                throw first;
            }
        }
    }

    private String keysOf(String name, String metadata) throws IOException {
        try {
            Map<String, Object> says = JSONObjectUtils.parse(text(metadata));
            if (!name.equals(says.get("issuer"))) {
                throw new IOException(
                        "%s is of the issuer %s, not of %s".formatted(metadata, says.get("issuer"), name));
            }
            if (says.get("jwks_uri") instanceof String found) {
                return found;
            }
            throw new IOException("%s names no jwks_uri".formatted(metadata));
        } catch (ParseException e) {
            throw new IOException("what is at %s is no JSON object: %s".formatted(metadata, e.getMessage()), e);
        }
    }

    private String text(String from) throws IOException {
        URL url = URI.create(from).toURL();
        try {
            return http.retrieveResource(url).getContent();
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            throw message.contains(from) ? e : new IOException("%s: %s".formatted(from, message));
        }
    }
}
