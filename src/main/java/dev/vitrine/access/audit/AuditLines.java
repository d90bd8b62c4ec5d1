package dev.vitrine.access.audit;

import dev.vitrine.access.EntityRead;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes events as JSON, one a line.
final class AuditLines {

    private static final JsonFactory JSON =
            JsonFactory.builder().rootValueSeparator("\n").build();

    private AuditLines() {}

    static ByteBuffer of(List<AuditEvent> events) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(512 * events.size());
        Times times = new Times();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), lines)) {
            for (AuditEvent event : events) {
                write(event, times, json);
            }
        }
        lines.write('\n');
        return ByteBuffer.wrap(lines.toByteArray());
    }

    private static void write(AuditEvent event, Times times, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("at", times.text(event.at()));
        json.writeStringProperty("subject", event.subject());
        json.writeStringProperty("client", event.client());
        json.writeNumberProperty("status", event.status());
        json.writeStringProperty("outcome", event.outcome());
        json.writeNumberProperty("rows", event.rows());
        json.writeNumberProperty("bytes", event.bytes());
        json.writeNumberProperty("micros", event.micros());
        if (event.trace() != null) {
            json.writeStringProperty("trace", event.trace());
        }
        json.writeArrayPropertyStart("reads");
        for (EntityRead read : event.reads()) {
            json.writeStartObject();
            json.writeStringProperty("product", read.product());
            json.writeStringProperty("version", "v" + read.major());
            json.writeStringProperty("entity", read.entity());
            json.writeNumberProperty("rows", read.rows());
            json.writeNumberProperty("bytes", read.bytes());
            words("classes", read.classes(), json);
            words("filters", read.filters(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void words(String name, Collection<String> words, JsonGenerator json) {
        json.writeArrayPropertyStart(name);
        words.forEach(json::writeString);
        json.writeEndArray();
    }

    /// Writes times to the microsecond. Events that are written together mostly came within a second: what is the same
    /// of
    /// their times is made once.
    private static final class Times {

        private static final int MICROS = 1_000_000;

        private long second = Long.MIN_VALUE;
        private String beginning = "";

        String text(Instant at) {
            if (at.getEpochSecond() != second) {
                second = at.getEpochSecond();
                String whole = Instant.ofEpochSecond(second).toString();
                beginning = whole.substring(0, whole.length() - 1) + '.';
            }
            // The leading one keeps the zeros behind it.
            return beginning + Integer.toString(MICROS + at.getNano() / 1_000).substring(1) + 'Z';
        }
    }
}
