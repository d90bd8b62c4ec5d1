package dev.vitrine.store.cosmos;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How far each partition key range of a container was written: what a reader in another process has to bring along to
/// see at least that. As text: `0:-1#12,1:-1#7`.
///
/// @param byRange `-1#12` by `0`
record SessionTokens(Map<String, String> byRange) {

    static final SessionTokens NONE = new SessionTokens(Map.of());

    SessionTokens {
        byRange = Map.copyOf(byRange);
    }

    static SessionTokens of(@Nullable String text) {
        return NONE.with(text);
    }

    /// The later one of each range.
    SessionTokens with(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return this;
        }
        Map<String, String> merged = new TreeMap<>(byRange);
        for (String token : text.split(",")) {
            int colon = token.indexOf(':');
            if (colon > 0) {
                merged.merge(token.substring(0, colon), token.substring(colon + 1), SessionTokens::later);
            }
        }
        return new SessionTokens(merged);
    }

    SessionTokens with(SessionTokens others) {
        return with(others.toString());
    }

    /// A token is the version of the range's configuration, the number of its last write, and more for each region.
    private static String later(String left, String right) {
        int versions = Long.compare(part(left, 0), part(right, 0));
        int compared = versions != 0 ? versions : Long.compare(part(left, 1), part(right, 1));
        return compared >= 0 ? left : right;
    }

    private static long part(String token, int index) {
        return Long.parseLong(token.split("#")[index]);
    }

    @Override
    public String toString() {
        return byRange.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(range -> range.getKey() + ":" + range.getValue())
                .collect(Collectors.joining(","));
    }
}
