package dev.vitrine.rest.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.server.ResponseStatusException;

/// Renders the refusals of annotated controllers, and those of actuator endpoints, which know nothing of problems.
@ControllerAdvice
final class RefusalAdvice {

    private final Problems problems;

    RefusalAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    void refused(HttpServletRequest request, HttpServletResponse response, Refusal refusal) throws IOException {
        problems.write(request, response, refusal);
    }

    @ExceptionHandler
    void refused(HttpServletRequest request, HttpServletResponse response, ResponseStatusException refused)
            throws IOException {
        ProblemType type = ProblemType.ofRefusal(refused.getStatusCode().value());
        String reason = refused.getReason();
        problems.write(
                request,
                response,
                request.getRequestURI(),
                refused.getStatusCode().value(),
                new Refusal(type, reason == null ? type.explanation() : reason));
    }

    @ExceptionHandler
    void unreadable(
            HttpServletRequest request, HttpServletResponse response, HttpMessageNotReadableException unreadable)
            throws IOException {
        problems.write(
                request,
                response,
                new Refusal(
                        ProblemType.INVALID_REQUEST,
                        "The body is no JSON object of the form that this address takes. The operations guide, docs/operations.md, has an example for each operation."));
    }

    @ExceptionHandler
    void notAllowed(
            HttpServletRequest request, HttpServletResponse response, HttpRequestMethodNotSupportedException notAllowed)
            throws IOException {
        String[] methods = notAllowed.getSupportedMethods();
        String allowed = methods == null ? "" : String.join(", ", methods);
        problems.write(
                request,
                response,
                new Refusal(
                                ProblemType.METHOD_NOT_ALLOWED,
                                "%s is not allowed here; this address takes %s."
                                        .formatted(notAllowed.getMethod(), allowed))
                        .with("Allow", allowed));
    }
}
