package dev.vitrine.overhttp;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

/// Real tokens of an issuer that the service knows by its public key.
final class Tokens {

    private final RSAKey key;

    Tokens() {
        try {
            key = new RSAKeyGenerator(2048).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Writes the public key where the service reads it.
    void publish(Path file) throws IOException {
        try {
            String base64 =
                    Base64.getMimeEncoder().encodeToString(key.toRSAPublicKey().getEncoded());
            Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A token with these scopes, separated by spaces.
    String with(String scopes) {
        return with(scopes, Instant.now().plusSeconds(3600));
    }

    String with(String scopes, Instant expires) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject("test")
                .claim("scope", scopes)
                .expirationTime(Date.from(expires))
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }
}
