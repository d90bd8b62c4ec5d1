package dev.vitrine.access.token;

import dev.vitrine.access.Caller;
import dev.vitrine.access.VerifiedCaller;
import dev.vitrine.access.token.TokenProperties.TokenSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/// Reads a verified token into its caller.
record TokenReader(TokenSettings settings) {

    VerifiedCaller read(Jwt token) {
        Map<String, Object> claims = new HashMap<>(token.getClaims());
        claims.values().removeIf(Objects::isNull);
        String subject = text(claims, List.of("sub"));
        String client = text(claims, settings.clientClaims());
        String either = subject != null ? subject : client != null ? client : "unknown";
        Caller caller = new Caller(
                subject != null ? subject : either, client != null ? client : either, scopes(claims), claims);
        return new VerifiedCaller(caller, token.getExpiresAt());
    }

    private static @Nullable String text(Map<String, Object> claims, List<String> names) {
        for (String name : names) {
            if (claims.get(name) instanceof String text) {
                return text;
            }
        }
        return null;
    }

    /// Issuers disagree about the claim and its form: words in one text, or an array. Entra ID has `scp` in tokens of
    /// people and `roles` in tokens of programs.
    private Set<String> scopes(Map<String, Object> claims) {
        Set<String> scopes = new TreeSet<>();
        for (String name : settings.scopeClaims()) {
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
