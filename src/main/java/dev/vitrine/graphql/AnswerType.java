package dev.vitrine.graphql;

import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/// The media types of GraphQL over HTTP.
enum AnswerType {
    /// Statuses tell whether the document could be run.
    GRAPHQL(MediaType.APPLICATION_GRAPHQL_RESPONSE, 400),
    /// For older clients: any well-formed request is answered with 200.
    JSON(MediaType.APPLICATION_JSON, 200);

    private final MediaType mediaType;
    private final int refused;

    AnswerType(MediaType mediaType, int refused) {
        this.mediaType = mediaType;
        this.refused = refused;
    }

    /// With the charset, as the specification wants it.
    String header() {
        return mediaType + ";charset=utf-8";
    }

    /// The status where the document cannot be run.
    int refused() {
        return refused;
    }

    /// What the caller prefers; JSON if it does not care, which is what older clients mean by it.
    ///
    /// @throws Refusal if neither is accepted
    static AnswerType accepted(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders("Accept"));
        if (headers.stream().allMatch(String::isBlank)) {
            return JSON;
        }
        try {
            return MediaType.parseMediaTypes(headers).stream()
                    .filter(range -> range.getQualityValue() > 0)
                    .sorted(Comparator.comparingDouble(MediaType::getQualityValue)
                            .reversed())
                    .<AnswerType>mapMulti((range, found) -> {
                        if (range.equalsTypeAndSubtype(GRAPHQL.mediaType)) {
                            found.accept(GRAPHQL);
                        } else if (range.includes(JSON.mediaType)) {
                            found.accept(JSON);
                        }
                    })
                    .findFirst()
                    .orElseThrow(() -> notAcceptable(headers));
        } catch (InvalidMediaTypeException unreadable) {
            throw notAcceptable(headers);
        }
    }

    private static Refusal notAcceptable(List<String> headers) {
        return new Refusal(
                ProblemType.NOT_ACCEPTABLE,
                "Accept: %s rules out %s and %s, the only forms there are."
                        .formatted(String.join(", ", headers), GRAPHQL.mediaType, JSON.mediaType));
    }
}
