package dev.vitrine.rest;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/// Which web pages may call the service from a browser (CORS).
///
/// @param origins `https://app.example.com`, or with a wildcard `https://*.example.com`; none: only pages of the
/// service
@ConfigurationProperties("vitrine.cors")
record WebOrigins(@DefaultValue List<String> origins) {

    private static final Duration REMEMBERED = Duration.ofHours(1);

    /// Without credentials: tokens are sent by the page's program, never by the browser of itself.
    CorsConfigurationSource configuration() {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOriginPatterns(origins);
        allowed.setAllowedMethods(List.of(CorsConfiguration.ALL));
        allowed.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        allowed.setExposedHeaders(List.of(CorsConfiguration.ALL));
        allowed.setMaxAge(REMEMBERED);
        UrlBasedCorsConfigurationSource byPath = new UrlBasedCorsConfigurationSource();
        for (String path : List.of("/api/**", "/catalog/**", "/problems/**")) {
            byPath.registerCorsConfiguration(path, allowed);
        }
        return byPath;
    }
}
