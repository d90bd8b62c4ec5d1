package dev.vitrine.access.key;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

/// Reads what operators write about a key, and gathers what makes no sense: what is returned then means nothing, until
/// [#requireGood] was called. One request, one thread.
final class KeyWords {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TEXT = 1_000;
    private static final int MOST_SCOPES = 50;
    private static final int MOST_CLAIMS = 20;
    private static final int LONGEST_SHOWN = 100;
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(365);
    private static final Duration LONGEST_LIFE = Duration.ofDays(3_650);

    /// RFC 6749, 3.3
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");
    private static final Pattern BARE = Pattern.compile("[+-]?\\d+");
    private static final String OPERATE = "vitrine:operate";
    private static final List<String> OWN_CLAIMS = List.of("sub", "client_id", "iss");

    private final List<String> faults = new ArrayList<>();

    String name(@Nullable String text) {
        String name = text == null ? "" : text.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            wrong("name", text, "say in up to %d characters who uses the key".formatted(LONGEST_NAME));
        }
        return name;
    }

    /// Whoever has a key that makes keys can never be shut out again.
    SortedSet<String> scopes(@Nullable String text) {
        SortedSet<String> scopes = new TreeSet<>();
        if (isTooLong("scopes", text)) {
            return scopes;
        }
        for (String scope : (text == null ? "" : text.strip()).split("[\\s,]+")) {
            if (!SCOPE.matcher(scope).matches()) {
                wrong("scopes", text, "write scopes of contracts with spaces between");
                return scopes;
            }
            scopes.add(scope);
        }
        if (scopes.contains(OPERATE)) {
            faults.add("scopes holds %s: keys are made with tokens alone, a key must not make keys".formatted(OPERATE));
        }
        if (scopes.size() > MOST_SCOPES) {
            faults.add("scopes holds %d scopes, of at most %d".formatted(scopes.size(), MOST_SCOPES));
        }
        return scopes;
    }

    SortedMap<String, String> claims(String text) {
        SortedMap<String, String> claims = new TreeMap<>();
        if (isTooLong("claims", text)) {
            return claims;
        }
        for (String claim : text.isBlank() ? new String[0] : text.split(",")) {
            int equals = claim.indexOf('=');
            String name = equals < 0 ? "" : claim.substring(0, equals).strip();
            if (name.isEmpty() || claim.chars().anyMatch(Character::isISOControl)) {
                wrong("claims", text, "write name=value with commas between");
                return claims;
            }
            claims.put(name, claim.substring(equals + 1).strip());
        }
        OWN_CLAIMS.stream()
                .filter(claims::containsKey)
                .forEach(own -> faults.add("claims holds %s, which tells whose key it is".formatted(own)));
        if (claims.size() > MOST_CLAIMS) {
            faults.add("claims holds %d claims, of at most %d".formatted(claims.size(), MOST_CLAIMS));
        }
        return claims;
    }

    /// RFC 3339, or a time from now.
    Instant end(String text, Instant now) {
        try {
            Instant end = text.endsWith("Z") ? Instant.parse(text) : now.plus(time(text));
            if (end.isAfter(now) && !end.isAfter(now.plus(LONGEST_LIFE))) {
                return end;
            }
            wrong(
                    "expires",
                    text,
                    end.isAfter(now) ? "a key is good for 3650d at most" : "that is over; revoke the key to end it");
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            wrong("expires", text, "write a time such as 2027-01-31T00:00:00Z, or 90d");
        }
        return now;
    }

    /// Null if it is left out.
    @Nullable
    Duration overlap(@Nullable String text) {
        try {
            Duration overlap = text == null ? null : time(text);
            if (overlap == null || !overlap.isNegative() && overlap.compareTo(LONGEST_OVERLAP) <= 0) {
                return overlap;
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            // said below
        }
        wrong("overlap", text, "write a time such as 1h, from 0s to 365d");
        return null;
    }

    /// With its unit: a bare number could be anything.
    private static Duration time(String text) {
        if (BARE.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return DurationStyle.detectAndParse(text);
    }

    /// @throws ResponseStatusException with all that makes no sense, if something does not
    void requireGood() {
        if (!faults.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, String.join("; ", faults));
        }
    }

    private boolean isTooLong(String parameter, @Nullable String text) {
        if (text == null || text.length() <= LONGEST_TEXT) {
            return false;
        }
        faults.add("%s has %d characters, of at most %d".formatted(parameter, text.length(), LONGEST_TEXT));
        return true;
    }

    private void wrong(String parameter, @Nullable String text, String remedy) {
        String written = text == null ? "" : text;
        String shown = written.length() <= LONGEST_SHOWN ? written : written.substring(0, LONGEST_SHOWN) + "…";
        faults.add("%s is '%s': %s".formatted(parameter, shown, remedy));
    }
}
