package dev.vitrine.rest;

import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/// The methods that an address takes.
final class Methods {

    static final List<String> READING = List.of("GET", "HEAD", "OPTIONS");
    static final List<String> ASKING = List.of("POST", "OPTIONS");

    private Methods() {}

    /// Whether there is something left to answer: `OPTIONS` is answered here.
    ///
    /// @throws Refusal if the method is none of these
    static boolean allow(HttpServletRequest request, HttpServletResponse response, List<String> methods) {
        String allowed = String.join(", ", methods);
        if (!methods.contains(request.getMethod())) {
            throw new Refusal(
                            ProblemType.METHOD_NOT_ALLOWED,
                            "%s is not allowed here; this address takes %s.".formatted(request.getMethod(), allowed))
                    .with("Allow", allowed);
        }
        if (request.getMethod().equals("OPTIONS")) {
            response.setHeader("Allow", allowed);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return false;
        }
        return true;
    }
}
