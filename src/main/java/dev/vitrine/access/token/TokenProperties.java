package dev.vitrine.access.token;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Whose tokens are trusted, beside the issuer of `spring.security.oauth2.resourceserver.jwt`.
///
/// @param issuers by a name for messages
/// @param tokens how all tokens are read
@ConfigurationProperties("vitrine")
record TokenProperties(
        @DefaultValue Map<String, IssuerSettings> issuers,
        @DefaultValue TokenSettings tokens) {

    /// As Spring's settings of the same names.
    ///
    /// @param issuerUri what its tokens say in `iss`; null: tokens of any issuer that no other settings name
    /// @param jwkSetUri where its keys are; null: found by discovery
    /// @param audiences one of which a token must be for; empty: any
    /// @param jwsAlgorithms what its tokens may be signed with
    record IssuerSettings(
            @Nullable String issuerUri,
            @Nullable String jwkSetUri,
            @DefaultValue List<String> audiences,
            @DefaultValue("RS256") List<String> jwsAlgorithms) {}

    /// @param clockSkew by how much clocks may differ
    /// @param scopeClaims claims that hold scopes, as words in one text or as an array; all of them count
    /// @param clientClaims claims that name the client, the first that is there counts
    record TokenSettings(
            @DefaultValue("60s") Duration clockSkew,
            @DefaultValue({"scope", "scp", "roles"}) List<String> scopeClaims,
            @DefaultValue({"azp", "client_id", "appid"}) List<String> clientClaims) {}
}
