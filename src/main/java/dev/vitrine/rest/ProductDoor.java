package dev.vitrine.rest;

import dev.vitrine.contract.DataProduct;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Something else that a product version answers beside its entities, at `/api/{product}/v{n}/{name}`. Every bean of
/// this
/// type is reached. Threads share it.
public interface ProductDoor {

    /// The last segment of the address; a name that no contract may give to an entity.
    String name();

    /// Whether it describes data instead of answering with it, so that nobody counts as its user.
    default boolean isDocument() {
        return false;
    }

    /// Answers, whatever the method. What it throws becomes a problem, as it does for entities: a
    /// [dev.vitrine.rest.problem.Refusal] or an exception of [dev.vitrine.query.Entities].
    ///
    /// @param product the version in force, not retired
    void answer(DataProduct product, HttpServletRequest request, HttpServletResponse response) throws IOException;
}
