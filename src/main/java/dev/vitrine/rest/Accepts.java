package dev.vitrine.rest;

import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/// What forms of the answer a caller takes.
final class Accepts {

    private Accepts() {}

    /// Throws a [Refusal] if JSON is ruled out.
    static void requireJson(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        if (accept == null || accept.equals("*/*") || accept.equals("application/json")) {
            return;
        }
        List<String> headers = Collections.list(request.getHeaders("Accept"));
        if (!allowsJson(headers)) {
            throw new Refusal(
                    ProblemType.NOT_ACCEPTABLE,
                    "Accept: %s rules out application/json, the only form there is."
                            .formatted(String.join(", ", headers)));
        }
    }

    /// The most specific range that covers JSON decides (RFC 9110, 12.5.1).
    private static boolean allowsJson(List<String> headers) {
        try {
            return MediaType.parseMediaTypes(headers).stream()
                    .filter(range -> range.includes(MediaType.APPLICATION_JSON))
                    .max((one, other) -> Integer.compare(precision(one), precision(other)))
                    .map(range -> range.getQualityValue() > 0)
                    .orElse(headers.stream().allMatch(String::isBlank));
        } catch (InvalidMediaTypeException unreadable) {
            return false;
        }
    }

    private static int precision(MediaType range) {
        return range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2;
    }
}
