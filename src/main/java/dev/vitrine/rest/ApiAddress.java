package dev.vitrine.rest;

import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A path below `/api/`, taken apart before anything is decoded, because a key may hold an encoded `/`.
///
/// `/api/sales/v1/customers/7%2F1` is product `sales`, version `v1`, entity `customers`, key text `7%2F1`.
///
/// @param key still encoded; null for the collection
record ApiAddress(
        String product,
        String version,
        String entity,
        @Nullable String key) {

    static final String PREFIX = "/api/";

    /// Takes the raw path of a request apart; throws a [Refusal] if it has not the form of a data address.
    static ApiAddress of(String rawPath) {
        String[] segments = rawPath.substring(PREFIX.length()).split("/", -1);
        if (segments.length < 3 || segments.length > 4) {
            throw new Refusal(
                    ProblemType.UNKNOWN_ADDRESS,
                    "Data is at /api/{product}/v{n}/{entity} and /api/{product}/v{n}/{entity}/{key}; a slash in a key is written %2F.");
        }
        return new ApiAddress(
                decoded(segments[0]),
                decoded(segments[1]),
                decoded(segments[2]),
                segments.length == 4 ? segments[3] : null);
    }

    /// The parts of a key, decoded.
    ///
    /// @param parts how many the entity's key has; a key of one part may hold plain commas
    static List<String> key(String text, int parts) {
        List<String> values = parts == 1 ? List.of(decoded(text)) : PercentText.decodeList(text, false);
        if (values == null) {
            throw malformed(text);
        }
        if (values.size() != parts) {
            throw new Refusal(
                    ProblemType.UNKNOWN_KEY,
                    "The key %s has %d part(s) where the entity's key has %d, joined by commas."
                            .formatted(text, values.size(), parts));
        }
        return values;
    }

    private static String decoded(String segment) {
        String text = PercentText.decode(segment, false);
        if (text == null) {
            throw malformed(segment);
        }
        return text;
    }

    private static Refusal malformed(String text) {
        return new Refusal(
                ProblemType.MALFORMED_REQUEST,
                "The path segment %s is not percent-encoded UTF-8: every % is followed by two hexadecimal digits."
                        .replace("%s", text));
    }
}
