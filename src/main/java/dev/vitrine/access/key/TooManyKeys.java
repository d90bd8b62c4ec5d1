package dev.vitrine.access.key;

/// There is no room for another API key.
final class TooManyKeys extends RuntimeException {

    TooManyKeys(int most) {
        super("there are %d API keys, and no more can be kept: revoke some, or use an issuer of tokens"
                .formatted(most));
    }

    /// Their names, scopes and claims are too long together.
    TooManyKeys() {
        super("the API keys there are take all the room: revoke some, or give them fewer scopes and claims");
    }
}
