package dev.vitrine.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.web.firewall.StrictHttpFirewall;

class AuthorizationHeaderTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "bearer abc",
                "BEARER abc",
                "Bearer abc",
                "Bearer  abc",
                "Bearer abc ",
                "Bearer abc==",
                "Bearer =abc",
                "Bearer a.b-c_d~e+f/g",
                "Bearer a b",
                "Bearer a,b",
                "Bearer ä",
                "Bearer\tabc",
                "Basic YTpi",
                "Bearerabc",
                "Bearer a=b"
            })
    void findsTheTokenThatSpringFinds(@Nullable String header) {
        assertThat(found(new AuthorizationHeader(), header)).isEqualTo(found(new DefaultBearerTokenResolver(), header));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "a\tb", "a\nb", "ä", "\u007f", "\u0085", "\u00a0", "\u0378", "€", "a b~"})
    void allowsTheHeadersThatTheStrictFirewallAllows(String value) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
        request.addHeader("X-Any", value);
        boolean allowed;
        try {
            new StrictHttpFirewall().getFirewalledRequest(request).getHeader("X-Any");
            allowed = true;
        } catch (RuntimeException refused) {
            allowed = false;
        }
        assertThat(AddressFirewall.isText(value)).isEqualTo(allowed);
    }

    private static String found(BearerTokenResolver resolver, @Nullable String header) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        if (header != null) {
            request.addHeader("Authorization", header);
        }
        try {
            return String.valueOf(resolver.resolve(request));
        } catch (OAuth2AuthenticationException refused) {
            return refused.getError().getErrorCode();
        }
    }
}
