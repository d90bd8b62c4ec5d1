package dev.vitrine.access.web;

import dev.vitrine.access.Grants;
import dev.vitrine.access.LimitExceeded;
import dev.vitrine.access.LimitExceededHandler;
import dev.vitrine.access.VerifiedCaller;
import dev.vitrine.access.audit.AuditTrail;
import dev.vitrine.access.key.ApiKeys;
import dev.vitrine.access.limit.AddressLimit;
import dev.vitrine.access.limit.Limits;
import dev.vitrine.access.token.Tokens;
import dev.vitrine.access.web.AccessProperties.Docs;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.OAuth2ProtectedResourceMetadataFilter;
import org.springframework.security.oauth2.server.resource.web.access.BearerTokenAccessDeniedHandler;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;

/// Which address needs which token. The API has a chain of its own, as short as it can be; the demo's authorization
/// server puts its chains before both (orders below 10).
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
class AccessConfiguration {

    private static final String DATA = "/api/";
    private static final Pattern DOCUMENT =
            Pattern.compile("/api/[^/]+/[^/]+/(openapi\\.(json|yaml)|schema\\.graphqls)");
    private static final String[] DOCUMENT_PAGES = {
        "/status/*",
        "/swagger-ui/**",
        "/swagger-ui.html",
        "/v3/api-docs",
        "/v3/api-docs/**",
        "/v3/api-docs.yaml",
        "/graphiql",
        "/graphiql/**"
    };
    private static final String[] OPEN = {
        "/", "/actuator/health", "/actuator/health/**", "/problems", "/problems/**", "/favicon.ico", "/error"
    };
    private static final String ANNOUNCEMENT = "/actuator/sync/{product}/{table}";
    private static final String[] METRICS = {"/actuator/prometheus", "/actuator/metrics", "/actuator/metrics/**"};

    private final Tokens tokens;
    private final ObjectProvider<ApiKeys> keys;
    private final AddressLimit addresses;
    private final AccessProperties properties;
    private final AuthenticationEntryPoint entryPoint;
    private final AccessDeniedHandler deniedHandler;
    private final LimitExceededHandler limitHandler;

    AccessConfiguration(
            Tokens tokens,
            ObjectProvider<ApiKeys> keys,
            AddressLimit addresses,
            AccessProperties properties,
            ObjectProvider<AuthenticationEntryPoint> entryPoint,
            ObjectProvider<AccessDeniedHandler> deniedHandler,
            ObjectProvider<LimitExceededHandler> limitHandler) {
        this.tokens = tokens;
        this.keys = keys;
        this.addresses = addresses;
        this.properties = properties;
        this.entryPoint = entryPoint.getIfAvailable(BearerTokenAuthenticationEntryPoint::new);
        this.deniedHandler = deniedHandler.getIfAvailable(BearerTokenAccessDeniedHandler::new);
        this.limitHandler = limitHandler.getIfAvailable(() -> AccessConfiguration::refuse);
    }

    /// What a token opens of the data is decided behind this chain, where rows and fields are known. It is not built by
    /// Spring Security's builder: each of a dozen filters that have nothing to do costs something.
    @Bean
    @Order(10)
    SecurityFilterChain dataChain(Limits limits, ObjectProvider<AuditTrail> trail) {
        List<Filter> filters = new ArrayList<>();
        filters.add(new AnswerHeaders());
        filters.add(callers(request -> properties.docs() == Docs.PUBLIC
                && DOCUMENT.matcher(request.getRequestURI()).matches()));
        filters.add(new VisitFilter(limits, limitHandler, trail.getIfAvailable()));
        return new DefaultSecurityFilterChain(request -> request.getRequestURI().startsWith(DATA), filters);
    }

    @Bean
    @Order(11)
    SecurityFilterChain otherChain(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> {
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
                                    VerifiedCaller.SCOPE + "vitrine:announce",
                                    VerifiedCaller.SCOPE + "vitrine:operate");
                    requests.requestMatchers("/actuator", "/actuator/**")
                            .hasAuthority(VerifiedCaller.SCOPE + "vitrine:operate");
                    requests.anyRequest().denyAll();
                })
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.cacheControl(caching -> caching.disable()))
                .exceptionHandling(failures ->
                        failures.authenticationEntryPoint(entryPoint).accessDeniedHandler(deniedHandler))
                // where the header WWW-Authenticate leads to (RFC 9728)
                .addFilterBefore(new OAuth2ProtectedResourceMetadataFilter(), AnonymousAuthenticationFilter.class)
                .addFilterBefore(callers(request -> true), AnonymousAuthenticationFilter.class)
                .build();
    }

    private CallerFilter callers(Predicate<HttpServletRequest> open) {
        return new CallerFilter(open, tokens, keys.getIfAvailable(), addresses, entryPoint, limitHandler);
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, LimitExceeded exceeded)
            throws IOException {
        response.setHeader("Retry-After", Long.toString(exceeded.retryAfterSeconds()));
        response.sendError(429);
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
}
