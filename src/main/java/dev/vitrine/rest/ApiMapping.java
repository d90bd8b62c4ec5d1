package dev.vitrine.rest;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

/// Sends every request below `/api/` to its door by the raw path: entities come and go with the contracts, and a key
/// may hold characters that path patterns would decode or refuse.
final class ApiMapping implements HandlerMapping, Ordered {

    private final HandlerExecutionChain door;

    ApiMapping(ApiDoor door) {
        this.door = new HandlerExecutionChain(door);
    }

    @Override
    public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
        // Not for the container's look at the error page: it keeps the address of the request that failed.
        boolean asked = request.getDispatcherType() == DispatcherType.REQUEST;
        return asked && request.getRequestURI().startsWith(ApiAddress.PREFIX) ? door : null;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
