package dev.vitrine.overhttp;

import dev.vitrine.TokenSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;

/// Real tokens of an issuer that the service knows by its public key.
final class Tokens {

    private final TokenSigner signer = new TokenSigner();

    /// Writes the public key where the service reads it.
    void publish(Path file) throws IOException {
        String base64 =
                Base64.getMimeEncoder().encodeToString(signer.publicKey().getEncoded());
        Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
    }

    /// A token with these scopes, separated by spaces.
    String with(String scopes) {
        return with(scopes, Instant.now().plusSeconds(3600));
    }

    String with(String scopes, Instant expires) {
        return signer.sign(scopes, expires);
    }
}
