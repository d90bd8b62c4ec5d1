package dev.vitrine.access;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

/// A token that was verified, read into its [Caller]. One object serves all requests that carry the token.
final class VerifiedCaller extends AbstractAuthenticationToken {

    /// Authority of a scope.
    static final String SCOPE = "SCOPE_";

    private final transient Caller caller;
    private final @Nullable Instant expires;

    private VerifiedCaller(Caller caller, @Nullable Instant expires) {
        super(caller.scopes().stream()
                .map(scope -> new SimpleGrantedAuthority(SCOPE + scope))
                .toList());
        this.caller = caller;
        this.expires = expires;
        setAuthenticated(true);
    }

    static VerifiedCaller of(Jwt token) {
        Map<String, Object> claims = new HashMap<>(token.getClaims());
        claims.values().removeIf(value -> value == null);
        String client = text(claims, "azp", text(claims, "client_id", text(claims, "sub", "unknown")));
        Caller caller = new Caller(text(claims, "sub", client), client, scopes(claims), claims);
        return new VerifiedCaller(caller, token.getExpiresAt());
    }

    /// When the token ends; null: never.
    @Nullable
    Instant expires() {
        return expires;
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    /// The token itself is not kept.
    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return caller.subject();
    }

    private static String text(Map<String, Object> claims, String name, String otherwise) {
        return claims.get(name) instanceof String text ? text : otherwise;
    }

    /// Issuers disagree about the claim (`scope`, `scp`) and its form (words in one string, array).
    private static Set<String> scopes(Map<String, Object> claims) {
        Set<String> scopes = new TreeSet<>();
        for (String name : List.of("scope", "scp")) {
            Object claim = claims.get(name);
            if (claim instanceof String words) {
                scopes.addAll(List.of(words.trim().split("\\s+")));
            } else if (claim instanceof Collection<?> list) {
                list.forEach(scope -> scopes.add(String.valueOf(scope)));
            }
        }
        scopes.remove("");
        return scopes;
    }
}
