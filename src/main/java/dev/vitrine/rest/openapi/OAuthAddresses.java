package dev.vitrine.rest.openapi;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where the documents send people and programs for a token; relative ones count from the address of the service, as
/// the demo's authorization server is reached.
@ConfigurationProperties("vitrine.oauth2")
record OAuthAddresses(
        @DefaultValue("/oauth2/authorize") String authorizationUrl,
        @DefaultValue("/oauth2/token") String tokenUrl) {}
