package dev.vitrine.rest;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import org.springframework.stereotype.Component;

/// Leaves the addresses below `/api/` to [RequestMeters]: in Spring's own `http.server.requests` they are one, since
/// every status, method and exception of every entity would be series of their own.
@Component
final class ApiAsOneAddress implements MeterFilter {

    private static final String METER = "http.server.requests";
    private static final String ADDRESS = "uri";

    @Override
    public Meter.Id map(Meter.Id id) {
        String address = id.getName().equals(METER) ? id.getTag(ADDRESS) : null;
        if (address == null || !address.startsWith(ApiAddress.PREFIX)) {
            return id;
        }
        List<Tag> tags = id.getTags().stream()
                .map(tag -> tag.getKey().equals(ADDRESS) ? Tag.of(ADDRESS, ApiAddress.PREFIX + "**") : tag)
                .toList();
        return id.replaceTags(tags);
    }
}
