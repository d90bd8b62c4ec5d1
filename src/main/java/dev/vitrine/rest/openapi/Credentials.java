package dev.vitrine.rest.openapi;

/// What the documents say of how callers tell who they are.
///
/// @param keyHeader that carries API keys
record Credentials(OAuthAddresses oauth2, String keyHeader) {}
