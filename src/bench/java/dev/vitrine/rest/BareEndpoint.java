package dev.vitrine.rest;

import java.util.List;
import java.util.ArrayList;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// What the application is compared with: bytes that lie ready, returned by the methods of an ordinary controller.
/// Its security chain has no filter at all. Other tests of this package do not find it.
@RestController
@ConditionalOnProperty("bench.lake")
class BareEndpoint {

    final List<byte[]> accounts = new ArrayList<>();
    final List<byte[]> pages = new ArrayList<>();

    @GetMapping(path = "/bare/accounts/{id}", produces = "application/json")
    byte[] account(@PathVariable int id) {
        return accounts.get(id - 1);
    }

    @GetMapping(path = "/bare/pages/{number}", produces = "application/json")
    byte[] page(@PathVariable int number) {
        return pages.get(number - 1);
    }

    @Bean
    @Order(1)
    static SecurityFilterChain bareChain() {
        return new DefaultSecurityFilterChain(
                PathPatternRequestMatcher.withDefaults().matcher("/bare/**"), List.of());
    }

    @Bean
    static JwtDecoder jwtDecoder() {
        return TestTokens.decoder();
    }
}
