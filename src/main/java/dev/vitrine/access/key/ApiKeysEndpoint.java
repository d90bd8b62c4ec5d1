package dev.vitrine.access.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/// `/actuator/apikeys`: the API keys there are, and making, changing and ending them.
@Endpoint(id = "apikeys")
record ApiKeysEndpoint(ApiKeys keys, InstantSource clock) {

    /// What can be done with a key, beside changing it.
    enum Treatment {
        ROTATE
    }

    /// A key without its secrets.
    ///
    /// @param key whole; only in the answer that makes it
    /// @param secrets those that are good, the newest first
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Shown(
            String id,
            @Nullable String key,
            String name,
            Set<String> scopes,
            Map<String, String> claims,
            Instant created,
            String by,
            Instant expires,
            @Nullable Instant revoked,
            List<ShownSecret> secrets) {}

    /// A secret without what it is.
    ///
    /// @param until null: as long as the key
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ShownSecret(Instant created, @Nullable Instant until) {}

    /// All keys.
    @ReadOperation
    List<Shown> all() {
        return keys.all().stream().map(key -> shown(key, null)).toList();
    }

    /// Makes a key: the only answer that tells it.
    ///
    /// @param scopes words
    /// @param claims `region=EUROPE,plan=gold`; null: none
    /// @param expires RFC 3339, or a time from now such as `90d`; null: `vitrine.keys.life` from now
    @WriteOperation
    Shown make(
            @Nullable String name,
            @Nullable String scopes,
            @Nullable String claims,
            @Nullable String expires,
            SecurityContext caller) {
        Instant now = clock.instant();
        KeyWords words = new KeyWords();
        String reader = words.name(name);
        SortedSet<String> opened = words.scopes(scopes);
        SortedMap<String, String> known = words.claims(claims == null ? "" : claims);
        Instant end = expires == null ? null : words.end(expires, now);
        words.requireGood();
        ApiKeys.Made made = roomFor(() -> keys.make(reader, opened, known, end, name(caller)));
        return shown(made.key(), made.text());
    }

    /// Lets a key open something else; what is left out stays.
    @WriteOperation
    Shown change(
            @Selector String id,
            @Nullable String scopes,
            @Nullable String claims,
            @Nullable String expires,
            SecurityContext caller) {
        KeyWords words = new KeyWords();
        SortedSet<String> opened = scopes == null ? null : words.scopes(scopes);
        SortedMap<String, String> known = claims == null ? null : words.claims(claims);
        Instant end = expires == null ? null : words.end(expires, clock.instant());
        words.requireGood();
        return there(
                roomFor(() -> keys.change(id, opened, known, end, name(caller))).map(key -> shown(key, null)));
    }

    /// Makes a new secret of a key.
    ///
    /// @param overlap how long those before are good; null: `vitrine.keys.overlap`
    @WriteOperation
    Shown treat(@Selector String id, @Selector Treatment treatment, @Nullable String overlap, SecurityContext caller) {
        KeyWords words = new KeyWords();
        Duration good = words.overlap(overlap);
        words.requireGood();
        return switch (treatment) {
            case ROTATE ->
                there(roomFor(() -> keys.rotate(id, good, name(caller))).map(made -> shown(made.key(), made.text())));
        };
    }

    /// Ends a key.
    @DeleteOperation
    Shown revoke(@Selector String id, SecurityContext caller) {
        return there(keys.revoke(id, name(caller)).map(key -> shown(key, null)));
    }

    private static <T> T roomFor(Supplier<T> change) {
        try {
            return change.get();
        } catch (TooManyKeys | TooManySecrets full) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, full.getMessage(), full);
        }
    }

    private static Shown there(Optional<Shown> key) {
        return key.orElseThrow(() -> new ResponseStatusException(
                HttpStatus.NOT_FOUND, "There is no such API key, or it has ended: GET /actuator/apikeys shows all."));
    }

    private Shown shown(ApiKey key, @Nullable KeyText text) {
        return new Shown(
                key.id(),
                text == null ? null : text.whole(),
                key.name(),
                key.scopes(),
                key.claims(),
                key.created(),
                key.by(),
                key.expires(),
                key.revoked(),
                key.good(clock.instant()).stream()
                        .map(secret -> new ShownSecret(secret.created(), secret.until()))
                        .toList());
    }

    private static String name(SecurityContext caller) {
        Principal principal = caller.getPrincipal();
        return principal == null ? "unknown" : principal.getName();
    }
}
