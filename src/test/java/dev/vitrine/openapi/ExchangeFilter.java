package dev.vitrine.openapi;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Keeps a copy of every exchange below `/api/` and holds it against the documents of the contracts that are in force
/// when it begins, or that come into force meanwhile.
final class ExchangeFilter implements Filter {

    private final Descriptions descriptions;

    ExchangeFilter(Descriptions descriptions) {
        this.descriptions = descriptions;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        String path = path(http);
        if (!path.startsWith("/api/") || ApiDescription.isBeside(path)) {
            chain.doFilter(request, response);
            return;
        }
        Discrepancies.begin();
        try {
            Map<String, ApiDescription> before = descriptions.now();
            CopiedRequest asked = new CopiedRequest(http);
            CopiedResponse answered = new CopiedResponse((HttpServletResponse) response);
            chain.doFilter(asked, answered);
            // What was refused by `sendError` is written later, by a dispatch of its own.
            if (!answered.isLeftToTheContainer()) {
                check(exchange(http, path, asked, answered), before);
            }
        } finally {
            Discrepancies.end();
        }
    }

    private void check(Exchange exchange, Map<String, ApiDescription> before) {
        List<String> found = ApiDescription.check(exchange, before);
        if (!found.isEmpty()
                && descriptions.others(before).stream()
                        .noneMatch(
                                other -> ApiDescription.check(exchange, other).isEmpty())) {
            Discrepancies.add(exchange, found);
        }
    }

    private static String path(HttpServletRequest request) {
        Object failed = request.getDispatcherType() == DispatcherType.ERROR
                ? request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)
                : null;
        return failed == null ? request.getRequestURI() : failed.toString();
    }

    private static Exchange exchange(
            HttpServletRequest http, String path, CopiedRequest asked, CopiedResponse answered) {
        return new Exchange(
                http.getMethod(),
                path,
                http.getQueryString(),
                headers(Collections.list(http.getHeaderNames()), name -> Collections.list(http.getHeaders(name))),
                asked.copy(),
                answered.getStatus(),
                headers(answered.getHeaderNames(), answered::getHeaders, answered.getContentType()),
                answered.copy());
    }

    private static Map<String, List<String>> headers(
            Collection<String> names, Function<String, Collection<String>> values, @Nullable String contentType) {
        Map<String, List<String>> headers = headers(names, values);
        if (contentType != null) {
            headers.put("content-type", List.of(contentType));
        }
        return headers;
    }

    private static Map<String, List<String>> headers(
            Collection<String> names, Function<String, Collection<String>> values) {
        Map<String, List<String>> headers = new TreeMap<>();
        names.forEach(name -> headers.put(name.toLowerCase(Locale.ROOT), new ArrayList<>(values.apply(name))));
        return headers;
    }
}
