package dev.vitrine.access.web;

import dev.vitrine.access.LimitExceeded;
import dev.vitrine.access.LimitExceededHandler;
import dev.vitrine.access.VerifiedCaller;
import dev.vitrine.access.audit.AuditTrail;
import dev.vitrine.access.limit.Limits;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.GenericFilterBean;

/// Lets requests of known callers in as far as their limits go, and stays with them until they are answered, on
/// whichever thread that is.
final class VisitFilter extends GenericFilterBean {

    private static final String VISIT = VisitFilter.class.getName() + ".visit";

    private final Limits limits;
    private final LimitExceededHandler refusals;
    private final @Nullable AuditTrail trail;

    /// @param trail keeps what was read; null: nothing does
    VisitFilter(Limits limits, LimitExceededHandler refusals, @Nullable AuditTrail trail) {
        this.limits = limits;
        this.refusals = refusals;
        this.trail = trail;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            if (request.getAttribute(VISIT) instanceof DataVisit visit) {
                SecurityContextHolder.setContext(new SecurityContextImpl(visit));
            }
            chain.doFilter(request, response);
        } else if (SecurityContextHolder.getContext().getAuthentication() instanceof VerifiedCaller caller) {
            visit(caller, (HttpServletRequest) request, (HttpServletResponse) response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void visit(
            VerifiedCaller caller, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        DataVisit visit;
        try {
            visit = new DataVisit(
                    caller, limits.enter(caller.getPrincipal(), product(request.getRequestURI()), response::setHeader));
        } catch (LimitExceeded refused) {
            refusals.handle(request, response, refused);
            return;
        }
        try {
            request.setAttribute(VISIT, visit);
            SecurityContextHolder.setContext(new SecurityContextImpl(visit));
            chain.doFilter(request, response);
        } finally {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new EndOf(visit, request, response));
            } else {
                end(visit, request, response);
            }
        }
    }

    private void end(DataVisit visit, HttpServletRequest request, HttpServletResponse response) {
        visit.end(trail, response.getStatus(), trail == null ? null : TraceParent.traceId(request));
    }

    /// The second part of `/api/{product}/v{n}/…`.
    private static String product(String address) {
        int start = address.indexOf('/', 1) + 1;
        int end = address.indexOf('/', start);
        return start == 0 ? "" : end < 0 ? address.substring(start) : address.substring(start, end);
    }

    private final class EndOf implements AsyncListener {

        private final DataVisit visit;
        private final HttpServletRequest request;
        private final HttpServletResponse response;

        EndOf(DataVisit visit, HttpServletRequest request, HttpServletResponse response) {
            this.visit = visit;
            this.request = request;
            this.response = response;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            end(visit, request, response);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // The request is completed afterwards.
        }

        @Override
        public void onError(AsyncEvent event) {
            // The request is completed afterwards.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
