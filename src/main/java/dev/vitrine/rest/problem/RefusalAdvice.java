package dev.vitrine.rest.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/// Renders the refusals of annotated controllers.
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
}
