package dev.vitrine.demo;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.util.UUID;

/// The key that signs the demo's tokens: made once and kept, so that tokens outlive a restart.
final class SigningKey {

    private static final String FILE = "demo-signing-key.json";

    private SigningKey() {}

    static RSAKey keptIn(Path data) {
        Path file = data.resolve(FILE);
        try {
            if (Files.notExists(file)) {
                make(file);
            }
            return RSAKey.parse(Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The demo's signing key cannot be kept in %s: %s. Make the folder writable or set vitrine.data"
                            .formatted(file.toAbsolutePath(), failure),
                    failure);
        } catch (ParseException failure) {
            throw new IllegalStateException(
                    "%s holds no signing key: %s. Delete it; the next start makes a new one"
                            .formatted(file.toAbsolutePath(), failure.getMessage()),
                    failure);
        }
    }

    private static void make(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        // Temporary files are made readable by their owner alone, and the move keeps that.
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".draft");
        try {
            RSAKey key = new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
            Files.writeString(draft, key.toJSONString());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (JOSEException failure) {
            throw new IllegalStateException("No RSA key could be generated: " + failure.getMessage(), failure);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
