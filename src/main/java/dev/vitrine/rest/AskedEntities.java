package dev.vitrine.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a request to a [ProductDoor] asked of which entities, for those who count requests by entity.
///
/// @param outcomes by the name of the collection
/// @param singleRead whether it read one entity by its key, and nothing else
public record AskedEntities(Map<String, Outcome> outcomes, boolean singleRead) {

    private static final String NAME = AskedEntities.class.getName();

    public AskedEntities {
        outcomes = Map.copyOf(outcomes);
    }

    /// What became of what was asked of an entity; the later ones count more than those before.
    public enum Outcome {
        /// everything was read
        ANSWERED,
        /// something was not, for which the caller can do something
        REFUSED,
        /// something was not, which is the service's own fault
        FAILED
    }

    /// Tells it of a request, before it is answered.
    public void tell(HttpServletRequest request) {
        request.setAttribute(NAME, this);
    }

    /// What was told of a request; null: nothing.
    static @Nullable AskedEntities of(HttpServletRequest request) {
        return (AskedEntities) request.getAttribute(NAME);
    }
}
