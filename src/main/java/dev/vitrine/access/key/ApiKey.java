package dev.vitrine.access.key;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A key as it is kept: what it opens, and how to recognise its secrets. The secrets themselves are known to their
/// holders alone.
///
/// @param id the part of the key that may be seen
/// @param name who uses it, as the audit shows it
/// @param claims for row filters and the plan, as in a token
/// @param by who made it
/// @param revoked null: it was not
record ApiKey(
        String id,
        String name,
        SortedSet<String> scopes,
        SortedMap<String, String> claims,
        Instant created,
        String by,
        Instant expires,
        List<Secret> secrets,
        @Nullable Instant revoked) {

    /// What may be good at the same time: the document is read as a whole, again and again.
    private static final int MOST_SECRETS = 4;

    ApiKey {
        scopes = new TreeSet<>(scopes);
        claims = new TreeMap<>(claims);
        secrets = List.copyOf(secrets);
    }

    /// One secret of a key.
    ///
    /// @param hash SHA-256 of the secret, in hexadecimal digits. It has 256 random bits: a slow hash would protect
    /// nothing
    /// @param until when it ends before the key does; null: with the key
    record Secret(String hash, Instant created, @Nullable Instant until) {}

    /// Whether one of its secrets opens anything.
    boolean opens(Instant now) {
        return revoked == null && now.isBefore(expires);
    }

    /// The secrets that are good now.
    List<Secret> good(Instant now) {
        return secrets.stream()
                .filter(secret -> {
                    Instant until = secret.until();
                    return until == null || now.isBefore(until);
                })
                .toList();
    }

    /// With a further secret; those before are good until then, no longer than they were.
    ///
    /// @throws TooManySecrets if so many are good that one of them would have to end sooner than was said
    ApiKey rotated(Secret next, Instant until, Instant now) {
        List<Secret> all = new ArrayList<>(List.of(next));
        Instant room = Instant.MAX;
        for (Secret before : good(now)) {
            Instant said = before.until();
            Instant end = said == null || until.isBefore(said) ? until : said;
            if (end.isAfter(now)) {
                all.add(new Secret(before.hash(), before.created(), end));
                room = said != null && said.isBefore(room) ? said : room;
            }
        }
        if (all.size() > MOST_SECRETS) {
            throw new TooManySecrets(id, MOST_SECRETS, room);
        }
        return new ApiKey(id, name, scopes, claims, created, by, expires, all, revoked);
    }

    /// It opens something else from now on; null: as before.
    ApiKey changed(
            @Nullable SortedSet<String> newScopes, @Nullable Map<String, String> newClaims, @Nullable Instant newEnd) {
        return new ApiKey(
                id,
                name,
                newScopes == null ? scopes : newScopes,
                newClaims == null ? claims : new TreeMap<>(newClaims),
                created,
                by,
                newEnd == null ? expires : newEnd,
                secrets,
                revoked);
    }

    /// Opens nothing any more; its secrets are forgotten.
    ApiKey revoked(Instant now) {
        return new ApiKey(id, name, scopes, claims, created, by, expires, List.of(), now);
    }
}
