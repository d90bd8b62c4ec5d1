package dev.vitrine.access.key;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/// Reads what operators write about keys. All methods throw [ResponseStatusException] where it makes no sense.
final class KeyWords {

    private static final int LONGEST_NAME = 100;

    /// RFC 6749, 3.3
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");
    private static final String OPERATE = "vitrine:operate";

    private KeyWords() {}

    static String name(@Nullable String text) {
        String name = text == null ? "" : text.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw wrong("name is '%s': say in up to %d characters who uses the key".formatted(name, LONGEST_NAME));
        }
        return name;
    }

    /// Whoever has a key that makes keys can never be shut out again.
    static SortedSet<String> scopes(@Nullable String text) {
        SortedSet<String> scopes = new TreeSet<>();
        for (String scope : (text == null ? "" : text.strip()).split("[\\s,]+")) {
            if (!SCOPE.matcher(scope).matches()) {
                throw wrong("scopes is '%s': write scopes of contracts with spaces between"
                        .formatted(text == null ? "" : text));
            }
            if (scope.equals(OPERATE)) {
                throw wrong("scopes holds %s: keys are made with tokens alone, a key must not make keys"
                        .formatted(OPERATE));
            }
            scopes.add(scope);
        }
        return scopes;
    }

    static SortedMap<String, String> claims(String text) {
        SortedMap<String, String> claims = new TreeMap<>();
        for (String claim : text.isBlank() ? new String[0] : text.split(",")) {
            int equals = claim.indexOf('=');
            if (equals < 1) {
                throw wrong("claims is '%s': write name=value with commas between".formatted(text));
            }
            claims.put(
                    claim.substring(0, equals).strip(),
                    claim.substring(equals + 1).strip());
        }
        for (String own : List.of("sub", "client_id", "iss")) {
            if (claims.containsKey(own)) {
                throw wrong("claims holds %s, which tells whose key it is".formatted(own));
            }
        }
        return claims;
    }

    /// RFC 3339, or a time from now.
    static Instant end(String text, Instant now) {
        Instant end;
        try {
            end = text.endsWith("Z") ? Instant.parse(text) : now.plus(DurationStyle.detectAndParse(text));
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            throw wrong("expires is '%s': write a time such as 2027-01-31T00:00:00Z, or 90d".formatted(text));
        }
        if (!end.isAfter(now)) {
            throw wrong("expires is '%s', which is over: revoke the key to end it".formatted(text));
        }
        return end;
    }

    private static ResponseStatusException wrong(String message) {
        return new ResponseStatusException(HttpStatus.BAD_REQUEST, message);
    }
}
