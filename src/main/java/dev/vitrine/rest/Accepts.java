package dev.vitrine.rest;

import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/// What forms of the answer a caller takes.
final class Accepts {

    private Accepts() {}

    /// The form that the caller likes best, of those that there are the first one.
    ///
    /// @param offered not empty
    /// @throws Refusal if all of them are ruled out
    static Format choose(HttpServletRequest request, List<Format> offered) {
        String accept = request.getHeader("Accept");
        if (accept == null || accept.equals("*/*") || accept.equals("application/json")) {
            return offered.getFirst();
        }
        List<String> headers = Collections.list(request.getHeaders("Accept"));
        Format best = offered.getFirst();
        double liking = liking(headers, best);
        for (Format format : offered) {
            double other = liking(headers, format);
            if (other > liking) {
                best = format;
                liking = other;
            }
        }
        if (liking > 0) {
            return best;
        }
        throw new Refusal(
                ProblemType.NOT_ACCEPTABLE,
                "Accept: %s rules out all forms that there are: %s."
                        .formatted(
                                String.join(", ", headers),
                                offered.stream().map(Objects::toString).collect(Collectors.joining(", "))));
    }

    /// The most specific range that covers the form decides (RFC 9110, 12.5.1).
    private static double liking(List<String> headers, Format format) {
        try {
            return MediaType.parseMediaTypes(headers).stream()
                    .filter(range -> range.includes(format.mediaType()))
                    .max((one, other) -> Integer.compare(precision(one), precision(other)))
                    .map(MediaType::getQualityValue)
                    .orElse(headers.stream().allMatch(String::isBlank) ? 1.0 : 0.0);
        } catch (InvalidMediaTypeException unreadable) {
            return 0;
        }
    }

    private static int precision(MediaType range) {
        return range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2;
    }
}
