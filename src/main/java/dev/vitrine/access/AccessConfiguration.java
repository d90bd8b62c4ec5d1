package dev.vitrine.access;

import dev.vitrine.access.AccessProperties.Docs;
import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.access.BearerTokenAccessDeniedHandler;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;

/// Which address needs which token. The API has a chain of its own, as short as it can be; the demo's authorization
/// server puts its chains before both (orders below 10).
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
class AccessConfiguration {

    private static final String[] DOCUMENTS = {"/api/*/*/openapi.json", "/api/*/*/openapi.yaml"};
    private static final String[] DOCUMENT_PAGES = {
        "/status/*", "/swagger-ui/**", "/swagger-ui.html", "/v3/api-docs", "/v3/api-docs/**", "/v3/api-docs.yaml"
    };
    private static final String[] OPEN = {
        "/", "/actuator/health", "/actuator/health/**", "/problems", "/problems/**", "/favicon.ico", "/error"
    };
    private static final String ANNOUNCEMENT = "/actuator/sync/{product}/{table}";
    private static final String[] METRICS = {"/actuator/prometheus", "/actuator/metrics", "/actuator/metrics/**"};

    private final AuthenticationEntryPoint entryPoint;
    private final AccessDeniedHandler deniedHandler;

    AccessConfiguration(
            ObjectProvider<AuthenticationEntryPoint> entryPoint, ObjectProvider<AccessDeniedHandler> deniedHandler) {
        this.entryPoint = entryPoint.getIfAvailable(BearerTokenAuthenticationEntryPoint::new);
        this.deniedHandler = deniedHandler.getIfAvailable(BearerTokenAccessDeniedHandler::new);
    }

    /// What a token opens of the data is decided behind this chain, where rows and fields are known.
    @Bean
    @Order(10)
    SecurityFilterChain dataChain(HttpSecurity http, Tokens tokens, AccessProperties properties) {
        http.securityMatcher("/api/**")
                .servletApi(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> {
                    if (properties.docs() == Docs.PUBLIC) {
                        requests.requestMatchers(DOCUMENTS).permitAll();
                    }
                    requests.anyRequest().authenticated();
                });
        return lean(http, tokens).build();
    }

    @Bean
    @Order(11)
    SecurityFilterChain otherChain(HttpSecurity http, Tokens tokens, AccessProperties properties) {
        http.authorizeHttpRequests(requests -> {
            requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
            requests.requestMatchers(OPEN).permitAll();
            if (properties.docs() == Docs.PUBLIC) {
                requests.requestMatchers(DOCUMENT_PAGES).permitAll();
            } else {
                requests.requestMatchers(DOCUMENT_PAGES).authenticated();
            }
            requests.requestMatchers("/catalog/**").authenticated();
            requests.requestMatchers(METRICS).hasAuthority(VerifiedCaller.SCOPE + "vitrine:metrics");
            requests.requestMatchers(HttpMethod.POST, ANNOUNCEMENT)
                    .hasAnyAuthority(
                            VerifiedCaller.SCOPE + "vitrine:announce", VerifiedCaller.SCOPE + "vitrine:operate");
            requests.requestMatchers("/actuator", "/actuator/**")
                    .hasAuthority(VerifiedCaller.SCOPE + "vitrine:operate");
            requests.anyRequest().denyAll();
        });
        return lean(http, tokens).build();
    }

    private HttpSecurity lean(HttpSecurity http, Tokens tokens) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.withObjectPostProcessor(new WriteHeadersFirst())
                        .cacheControl(caching -> caching.disable()))
                .exceptionHandling(failures ->
                        failures.authenticationEntryPoint(entryPoint).accessDeniedHandler(deniedHandler))
                .oauth2ResourceServer(server -> server.bearerTokenResolver(new AuthorizationHeader())
                        .authenticationEntryPoint(entryPoint)
                        .accessDeniedHandler(deniedHandler)
                        .jwt(jwt -> jwt.authenticationManager(tokens))
                        .withObjectPostProcessor(new AnswerWithoutIssuer(entryPoint)));
    }

    @Bean
    Tokens tokens(ObjectProvider<JwtDecoder> decoder) {
        JwtDecoder known = decoder.getIfAvailable(() -> {
            throw new IssuerNotConfigured();
        });
        return new Tokens(known, InstantSource.system());
    }

    @Bean
    Grants grants() {
        return new Grants();
    }

    @Bean
    HttpFirewall httpFirewall() {
        return new AddressFirewall();
    }

    /// Each observed step of the chain would cost more than the step.
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    /// Tomcat refuses `%2F` and `%5C` by itself, before any firewall is asked.
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> encodedSlashes() {
        return factory -> factory.addConnectorCustomizers(connector -> {
            connector.setEncodedSolidusHandling("passthrough");
            connector.setEncodedReverseSolidusHandling("passthrough");
        });
    }

    /// Before the answer, instead of wrapping each response to catch the last moment.
    private static final class WriteHeadersFirst implements ObjectPostProcessor<HeaderWriterFilter> {

        @Override
        public <O extends HeaderWriterFilter> O postProcess(O filter) {
            filter.setShouldWriteHeadersEagerly(true);
            return filter;
        }
    }

    /// While the issuer cannot be asked for its keys, the entry point tells that too, instead of a bare 500.
    private record AnswerWithoutIssuer(AuthenticationEntryPoint entryPoint)
            implements ObjectPostProcessor<BearerTokenAuthenticationFilter> {

        @Override
        public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
            filter.setAuthenticationFailureHandler(entryPoint::commence);
            return filter;
        }
    }
}
