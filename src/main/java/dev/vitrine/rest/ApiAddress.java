package dev.vitrine.rest;

import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A path below `/api/`, taken apart before anything is decoded, because a key may hold an encoded `/`.
///
/// `/api/sales/v1/customers/7%2F1/orders` is product `sales`, version `v1`, entity `customers`, key text `7%2F1`,
/// relation
/// `orders`; `/api/sales/v1/customers:batchGet` asks the entity `customers` for the action `batchGet`.
///
/// @param action what is asked of the collection; null: to be read
/// @param key still encoded; null for the collection
/// @param relation null for the entity itself
record ApiAddress(
        String product,
        String version,
        String entity,
        @Nullable String action,
        @Nullable String key,
        @Nullable String relation) {

    static final String PREFIX = "/api/";

    /// Takes the raw path of a request apart; throws a [Refusal] if it has not the form of a data address.
    static ApiAddress of(String rawPath) {
        String[] segments = rawPath.substring(PREFIX.length()).split("/", -1);
        if (segments.length < 3 || segments.length > 5) {
            throw unknown();
        }
        String entity = decoded(segments[2]);
        int colon = entity.indexOf(':');
        if (colon >= 0 && segments.length > 3) {
            throw unknown();
        }
        return new ApiAddress(
                decoded(segments[0]),
                decoded(segments[1]),
                colon < 0 ? entity : entity.substring(0, colon),
                colon < 0 ? null : entity.substring(colon + 1),
                segments.length > 3 ? segments[3] : null,
                segments.length > 4 ? decoded(segments[4]) : null);
    }

    /// There is nothing of that form.
    static Refusal unknown() {
        return new Refusal(
                ProblemType.UNKNOWN_ADDRESS,
                "Data is at /api/{product}/v{n}/{entity}, /api/{product}/v{n}/{entity}/{key}, /api/{product}/v{n}/{entity}/{key}/{relation} and /api/{product}/v{n}/{entity}:batchGet; a slash in a key is written %2F.");
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
