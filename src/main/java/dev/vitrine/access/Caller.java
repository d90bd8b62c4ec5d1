package dev.vitrine.access;

import java.util.Map;
import java.util.Set;

/// Who asks.
///
/// @param subject of the token
/// @param client OAuth2 client the token was given to
/// @param scopes granted
/// @param claims of the token, for row filters
public record Caller(String subject, String client, Set<String> scopes, Map<String, Object> claims) {
    public Caller {
        scopes = Set.copyOf(scopes);
        claims = Map.copyOf(claims);
    }
}
