package dev.vitrine.rest.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
}
