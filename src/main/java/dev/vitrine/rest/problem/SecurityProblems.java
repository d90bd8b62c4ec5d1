package dev.vitrine.rest.problem;

import dev.vitrine.access.LimitExceeded;
import dev.vitrine.access.LimitExceededHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.access.BearerTokenAccessDeniedHandler;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/// The problems of the security chain: the header `WWW-Authenticate` is as RFC 6750 says, the body a problem.
final class SecurityProblems
        implements AuthenticationEntryPoint, AccessDeniedHandler, LimitExceededHandler, RequestRejectedHandler {

    private static final String RETRY_SECONDS = "10";

    private final BearerTokenAuthenticationEntryPoint unauthenticated = new BearerTokenAuthenticationEntryPoint();
    private final BearerTokenAccessDeniedHandler denied = new BearerTokenAccessDeniedHandler();
    private final Problems problems;

    SecurityProblems(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException authException)
            throws IOException {
        if (authException instanceof AuthenticationServiceException) {
            problems.write(request, response, unverifiable());
            return;
        }
        unauthenticated.commence(request, response, authException);
        int status = response.getStatus();
        ProblemType type = status == 400 ? ProblemType.MALFORMED_REQUEST : ProblemType.UNAUTHENTICATED;
        String detail = authException instanceof InsufficientAuthenticationException
                ? "The request carries no credentials. Send a bearer token, `Authorization: Bearer <token>`, or an API key."
                : "The credentials were not accepted: %s".formatted(authException.getMessage());
        problems.write(request, response, request.getRequestURI(), status, new Refusal(type, detail));
    }

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException accessDeniedException)
            throws IOException {
        denied.handle(request, response, accessDeniedException);
        problems.write(
                request, response, new Refusal(ProblemType.FORBIDDEN, "The token's scopes do not open this address."));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, LimitExceeded exceeded)
            throws IOException {
        problems.write(request, response, Refusal.of(exceeded));
    }

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, RequestRejectedException requestRejectedException)
            throws IOException {
        problems.write(
                request,
                response,
                new Refusal(
                        ProblemType.MALFORMED_REQUEST,
                        "The address holds characters that are only allowed in keys below /api: percent-encode or remove them."));
    }

    /// The cause stays in the log: it names addresses of the inside, and anybody can ask.
    private static Refusal unverifiable() {
        ProblemType type = ProblemType.TOKENS_UNVERIFIABLE;
        return new Refusal(type, type.explanation()).with("Retry-After", RETRY_SECONDS);
    }
}
