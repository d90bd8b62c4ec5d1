package dev.vitrine.access.key;

import java.time.Instant;

/// There is no room for another secret of an API key.
final class TooManySecrets extends RuntimeException {

    /// @param until when one of them ends
    TooManySecrets(String id, int most, Instant until) {
        super(
                "The API key %s has %d good secrets, and more are not kept; none of them was changed. One of them is good until %s: rotate again then, or end those before at once with {\"overlap\": \"0s\"}."
                        .formatted(id, most, until));
    }
}
