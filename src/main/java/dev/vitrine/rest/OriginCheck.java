package dev.vitrine.rest;

import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Problems;
import dev.vitrine.rest.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;

/// Tells browsers which pages may call. A request from any other page is answered as every request: what keeps data
/// from
/// strangers is the token, and a browser does not show its page an answer that does not name the page's origin.
final class OriginCheck extends DefaultCorsProcessor {

    private final Problems problems;

    OriginCheck(Problems problems) {
        this.problems = problems;
    }

    @Override
    public boolean processRequest(
            @Nullable CorsConfiguration configuration, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (configuration == null || !CorsUtils.isCorsRequest(request) || configuration.checkOrigin(origin) != null) {
            return super.processRequest(configuration, request, response);
        }
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        if (!CorsUtils.isPreFlightRequest(request)) {
            return true;
        }
        problems.write(
                request,
                response,
                new Refusal(ProblemType.ORIGIN_NOT_ALLOWED, "Pages of %s may not call the service.".formatted(origin)));
        return false;
    }
}
