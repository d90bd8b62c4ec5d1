package dev.vitrine.rest;

import io.micrometer.common.KeyValue;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/// Leaves the addresses below `/api/` to [RequestMeters]: in Spring's own `http.server.requests` they are one, since
/// every status, method and exception of every entity would be series of their own.
@Component
final class ApiAsOneAddress extends DefaultServerRequestObservationConvention {

    private static final KeyValue API = KeyValue.of("uri", ApiAddress.PREFIX + "**");

    @Override
    protected KeyValue uri(ServerRequestObservationContext context) {
        String pattern = context.getPathPattern();
        return pattern != null && pattern.startsWith(ApiAddress.PREFIX) ? API : super.uri(context);
    }
}
