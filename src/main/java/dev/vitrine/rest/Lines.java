package dev.vitrine.rest;

import java.io.IOException;
import java.io.OutputStream;

/// Writes entities one after the other, in a form that needs no end.
interface Lines {

    /// What comes before the first entity.
    default void start(OutputStream out) throws IOException {}

    /// @param entity a JSON object in UTF-8
    void write(byte[] entity, OutputStream out) throws IOException;

    /// One JSON object a line.
    static Lines ofJson() {
        return (entity, out) -> {
            out.write(entity);
            out.write('\n');
        };
    }
}
