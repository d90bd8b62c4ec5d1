package dev.vitrine.access.web;

import dev.vitrine.access.LimitExceeded;
import dev.vitrine.access.LimitExceededHandler;
import dev.vitrine.access.VerifiedCaller;
import dev.vitrine.access.key.ApiKeys;
import dev.vitrine.access.limit.AddressLimit;
import dev.vitrine.access.token.Tokens;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.GenericFilterBean;

/// Finds out who sent a request. Bad credentials end it here, as do none where some are needed, and too many such
/// requests from one address.
final class CallerFilter extends GenericFilterBean {

    /// Whoever watches over the service asks often, and always from the same address.
    private static final String HEALTH = "/actuator/health";

    private final BearerTokenResolver resolver = new AuthorizationHeader();
    private final SecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();
    private final Predicate<HttpServletRequest> open;
    private final Tokens tokens;
    private final @Nullable ApiKeys keys;
    private final @Nullable ApiKeyHeader keyHeader;
    private final AddressLimit addresses;
    private final AuthenticationEntryPoint entryPoint;
    private final LimitExceededHandler refusals;

    /// @param open whether a request may go on without credentials; what it opens then is decided further on
    /// @param keys null: tokens alone are taken
    CallerFilter(
            Predicate<HttpServletRequest> open,
            Tokens tokens,
            @Nullable ApiKeys keys,
            AddressLimit addresses,
            AuthenticationEntryPoint entryPoint,
            LimitExceededHandler refusals) {
        this.open = open;
        this.tokens = tokens;
        this.keys = keys;
        this.keyHeader = keys == null ? null : new ApiKeyHeader(keys.header());
        this.addresses = addresses;
        this.entryPoint = entryPoint;
        this.refusals = refusals;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() != DispatcherType.REQUEST
                || mayPass((HttpServletRequest) request, (HttpServletResponse) response)) {
            chain.doFilter(request, response);
        }
    }

    private boolean mayPass(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        try {
            VerifiedCaller caller = caller(request);
            if (caller != null) {
                SecurityContext known = new SecurityContextImpl(caller);
                SecurityContextHolder.setContext(known);
                // An answer that is finished on another thread comes by again.
                contexts.saveContext(known, request, response);
                if (keyHeader != null) {
                    response.addHeader("Vary", keyHeader.name());
                }
                return true;
            }
            String address = request.getRequestURI();
            if (!address.equals(HEALTH) && !address.startsWith(HEALTH + '/')) {
                addresses.count(request.getRemoteAddr());
            }
            if (open.test(request)) {
                return true;
            }
            entryPoint.commence(request, response, new InsufficientAuthenticationException("no credentials"));
        } catch (AuthenticationException refused) {
            entryPoint.commence(request, response, refused);
        } catch (LimitExceeded refused) {
            refusals.handle(request, response, refused);
        }
        return false;
    }

    /// A caller with good credentials never has to answer for its address.
    private @Nullable VerifiedCaller caller(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        try {
            String token = resolver.resolve(request);
            if (keys != null && keyHeader != null) {
                String key = keyHeader.resolve(request, token);
                if (key != null) {
                    return keys.verify(key);
                }
            }
            if (token == null) {
                return null;
            }
            VerifiedCaller known = tokens.known(token);
            return known != null ? known : tokens.verify(token);
        } catch (AuthenticationException refused) {
            addresses.count(address);
            throw refused;
        }
    }
}
