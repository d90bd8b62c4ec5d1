package dev.vitrine.rest;

import java.util.List;
import org.springframework.http.MediaType;

/// A form of an answer.
enum Format {
    /// An object; collections by pages.
    JSON("application/json"),
    /// One JSON object a line; whole collections.
    JSONL("application/jsonl"),
    /// One line an entity, one column a field; whole collections.
    CSV("text/csv");

    /// What a collection can be read in, the preferred one first.
    static final List<Format> OF_COLLECTIONS = List.of(values());
    /// What everything else can be read in.
    static final List<Format> OF_ENTITIES = List.of(JSON);

    private final String name;
    private final MediaType mediaType;

    Format(String name) {
        this.name = name;
        this.mediaType = MediaType.parseMediaType(name);
    }

    MediaType mediaType() {
        return mediaType;
    }

    /// As it stands in headers: `text/csv`.
    @Override
    public String toString() {
        return name;
    }
}
