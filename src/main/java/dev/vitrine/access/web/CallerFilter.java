package dev.vitrine.access.web;

import dev.vitrine.access.token.Tokens;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds out who sent a request. Bad credentials end it here; without any it goes on, with nobody known to ask.
final class CallerFilter extends OncePerRequestFilter {

    private final BearerTokenResolver resolver = new AuthorizationHeader();
    private final SecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();
    private final Tokens tokens;
    private final AuthenticationEntryPoint entryPoint;

    CallerFilter(Tokens tokens, AuthenticationEntryPoint entryPoint) {
        this.tokens = tokens;
        this.entryPoint = entryPoint;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            String token = resolver.resolve(request);
            if (token != null) {
                SecurityContext known = new SecurityContextImpl(tokens.verify(token));
                SecurityContextHolder.setContext(known);
                // An answer that is finished on another thread comes by again, without this filter.
                contexts.saveContext(known, request, response);
            }
        } catch (AuthenticationException refused) {
            entryPoint.commence(request, response, refused);
            return;
        }
        chain.doFilter(request, response);
    }
}
