package dev.vitrine.access.token;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/// Verifies the tokens of several issuers, each with the keys and rules of the one that it says it is of. Nobody is
/// asked about a token of anybody else. Threads may share it.
///
/// @param named by what tokens say in `iss`
/// @param other for tokens of any other issuer; null: they are refused
record Issuers(Map<String, JwtDecoder> named, @Nullable JwtDecoder other) implements JwtDecoder {

    Issuers {
        named = Map.copyOf(named);
    }

    @Override
    public Jwt decode(String token) {
        String issuer = issuer(token);
        JwtDecoder decoder = issuer == null ? other : named.getOrDefault(issuer, other);
        if (decoder == null) {
            throw new BadJwtException(issuer == null ? "it names no issuer" : "its issuer is not trusted here");
        }
        return decoder.decode(token);
    }

    private static @Nullable String issuer(String token) {
        try {
            JWTClaimsSet claims = JWTParser.parse(token).getJWTClaimsSet();
            return claims == null ? null : claims.getIssuer();
        } catch (ParseException e) {
            throw new BadJwtException("it is no JSON Web Token", e);
        }
    }
}
