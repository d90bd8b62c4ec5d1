package dev.vitrine.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Tells callers that a limit is exceeded, where no door has been reached.
public interface LimitExceededHandler {

    /// Answers the request with 429 and `Retry-After`.
    void handle(HttpServletRequest request, HttpServletResponse response, LimitExceeded exceeded) throws IOException;
}
