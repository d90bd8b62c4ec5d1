package dev.vitrine.delta.rows;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/// Writes one JSON document after the other, with the same buffers. One thread.
final class DocumentWriter {

    private static final JsonFactory JSON = JsonFactory.builder()
            .rootValueSeparator((String) null)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private @Nullable JsonGenerator generator;

    /// The document that the content writes. If the content throws, it is forgotten.
    byte[] write(Consumer<JsonGenerator> content) {
        JsonGenerator json = generator == null ? JSON.createGenerator(ObjectWriteContext.empty(), bytes) : generator;
        // only a generator that finished its document may write the next one
        generator = null;
        bytes.reset();
        content.accept(json);
        json.flush();
        generator = json;
        return bytes.toByteArray();
    }
}
