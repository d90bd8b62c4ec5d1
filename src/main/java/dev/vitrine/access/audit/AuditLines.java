package dev.vitrine.access.audit;

import dev.vitrine.access.EntityRead;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes events as JSON, one a line.
final class AuditLines {

    private static final JsonFactory JSON = new JsonFactory();

    private AuditLines() {}

    static ByteBuffer of(List<AuditEvent> events) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(512 * events.size());
        for (AuditEvent event : events) {
            try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), lines)) {
                write(event, json);
            }
            lines.write('\n');
        }
        return ByteBuffer.wrap(lines.toByteArray());
    }

    private static void write(AuditEvent event, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("at", event.at().toString());
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
}
