package dev.vitrine.access.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;

/// Takes an API key from its header.
///
/// @param name of the header
record ApiKeyHeader(String name) {

    /// @param token that the request carries, too
    /// @throws OAuth2AuthenticationException if there are several such headers, or a token: which of them counts must
    ///     not be a matter of who looks
    @Nullable
    String resolve(HttpServletRequest request, @Nullable String token) {
        Enumeration<String> headers = request.getHeaders(name);
        if (!headers.hasMoreElements()) {
            return null;
        }
        String key = headers.nextElement();
        if (headers.hasMoreElements()) {
            throw new OAuth2AuthenticationException(
                    BearerTokenErrors.invalidToken("The request has more than one " + name + " header"));
        }
        if (token != null) {
            throw new OAuth2AuthenticationException(
                    BearerTokenErrors.invalidToken("The request has a token and an API key"));
        }
        return key;
    }
}
