package dev.vitrine.access.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/// Takes the token from the header `Authorization`. What is not plainly one is left to Spring's resolver, whose regular
/// expression costs as much as reading an entity.
final class AuthorizationHeader implements BearerTokenResolver {

    private static final String SCHEME = "Bearer ";
    private static final boolean[] PLAIN = plain();

    private final BearerTokenResolver thorough = new DefaultBearerTokenResolver();

    /// @throws OAuth2AuthenticationException if there are several such headers: a proxy before us may look at another
    /// one
    ///     than we do
    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        Enumeration<String> headers = request.getHeaders(HttpHeaders.AUTHORIZATION);
        if (!headers.hasMoreElements()) {
            return null;
        }
        String header = headers.nextElement();
        if (headers.hasMoreElements()) {
            throw new OAuth2AuthenticationException(
                    BearerTokenErrors.invalidToken("The request has more than one Authorization header"));
        }
        return isPlain(header) ? header.substring(SCHEME.length()) : thorough.resolve(request);
    }

    private static boolean isPlain(String header) {
        for (int at = SCHEME.length(); at < header.length(); at++) {
            char character = header.charAt(at);
            boolean plain = character < PLAIN.length && PLAIN[character];
            if (!plain) {
                return false;
            }
        }
        return header.startsWith(SCHEME) && header.length() > SCHEME.length();
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[128];
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/"
                .chars()
                .forEach(character -> plain[character] = true);
        return plain;
    }
}
