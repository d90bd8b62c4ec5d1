package dev.vitrine.query;

import java.util.Set;

/// No scope of the caller opens the entity.
public final class NotGranted extends RuntimeException {

    private final transient Set<String> scopes;

    /// @param scopes any one of which would open it
    public NotGranted(Set<String> scopes) {
        super("needs one of the scopes "
                + String.join(", ", scopes.stream().sorted().toList()));
        this.scopes = Set.copyOf(scopes);
    }

    public Set<String> scopes() {
        return scopes;
    }
}
