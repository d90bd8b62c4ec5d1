package dev.vitrine.access;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/// Takes the token from the header `Authorization`. What is not plainly one is left to Spring's resolver, whose regular
/// expression costs as much as reading an entity.
final class AuthorizationHeader implements BearerTokenResolver {

    private static final String SCHEME = "Bearer ";
    private static final String BESIDE_LETTERS_AND_DIGITS = "-._~+/";

    private final BearerTokenResolver thorough = new DefaultBearerTokenResolver();

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && isPlain(header) ? header.substring(SCHEME.length()) : thorough.resolve(request);
    }

    private static boolean isPlain(String header) {
        for (int at = SCHEME.length(); at < header.length(); at++) {
            char character = header.charAt(at);
            boolean plain = character >= 'a' && character <= 'z'
                    || character >= 'A' && character <= 'Z'
                    || character >= '0' && character <= '9'
                    || BESIDE_LETTERS_AND_DIGITS.indexOf(character) >= 0;
            if (!plain) {
                return false;
            }
        }
        return header.startsWith(SCHEME) && header.length() > SCHEME.length();
    }
}
