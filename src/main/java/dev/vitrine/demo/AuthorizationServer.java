package dev.vitrine.demo;

import static org.springframework.security.config.Customizer.withDefaults;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.vitrine.contract.Contracts;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.DelegatingAuthenticationEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.cors.CorsConfiguration;

/// The demo's authorization server: client `demo` / `demo` for programs, user `demo` / `demo` for Swagger UI.
///
/// The issuer is the address it is called at, so it follows the port, and 127.0.0.1 and localhost both work.
@Configuration(proxyBeanMethods = false)
@Profile("demo")
class AuthorizationServer {

    static final String AUDIENCE = "vitrine";

    @Bean
    @Order(1)
    SecurityFilterChain authorizationServerEndpoints(HttpSecurity http) {
        return http.oauth2AuthorizationServer(server -> {
                    http.securityMatcher(server.getEndpointsMatcher());
                    server.oidc(withDefaults());
                })
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .cors(cors -> cors.configurationSource(request -> thisMachine()))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(unauthenticated()))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain loginForm(HttpSecurity http) {
        return http.securityMatcher("/login", "/logout", "/default-ui.css")
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .formLogin(withDefaults())
                .build();
    }

    @Bean
    UserDetailsService demoUser() {
        return new InMemoryUserDetailsManager(User.withUsername("demo")
                .password("{noop}demo")
                .authorities("demo")
                .build());
    }

    @Bean
    RegisteredClientRepository demoClients(Contracts contracts, LocalAddress address) {
        return new DemoClients(contracts, address);
    }

    @Bean
    OAuth2AuthorizationService recentAuthorizations() {
        return new RecentAuthorizations();
    }

    @Bean
    LocalAddress localAddress(Environment environment) {
        return new LocalAddress(environment);
    }

    @Bean
    AuthorizationServerSettings authorizationServerSettings() {
        return AuthorizationServerSettings.builder().build();
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> accessTokenClaims() {
        return context -> {
            if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
                context.getClaims()
                        .audience(List.of(AUDIENCE))
                        .claim("client_id", context.getRegisteredClient().getClientId());
            }
        };
    }

    @Bean
    JWKSource<SecurityContext> signingKeys(@Value("${vitrine.data}") String data) {
        return new ImmutableJWKSet<>(new JWKSet(SigningKey.keptIn(Path.of(data))));
    }

    /// Checks tokens with the key at hand: the server that publishes it is not up yet when this one starts.
    @Bean
    JwtDecoder localTokens(JWKSource<SecurityContext> keys, LocalAddress address) throws JOSEException {
        RSAKey key = (RSAKey)
                ((ImmutableJWKSet<SecurityContext>) keys).getJWKSet().getKeys().getFirst();
        NimbusJwtDecoder decoder =
                NimbusJwtDecoder.withPublicKey(key.toRSAPublicKey()).build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(),
                new JwtClaimValidator<String>(JwtClaimNames.ISS, address::isOurs),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(AUDIENCE))));
        return decoder;
    }

    /// People log in where a browser leads them; programs are told what they lack, whatever they accept.
    private static AuthenticationEntryPoint unauthenticated() {
        PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
        return DelegatingAuthenticationEntryPoint.builder()
                .addEntryPointFor(new LoginUrlAuthenticationEntryPoint("/login"), paths.matcher("/oauth2/authorize"))
                .addEntryPointFor(
                        (request, response, failure) -> refuseUnknownClient(response), paths.matcher("/oauth2/**"))
                .defaultEntryPoint(new BearerTokenAuthenticationEntryPoint())
                .build();
    }

    /// As RFC 6749 says, section 5.2.
    private static void refuseUnknownClient(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"vitrine\"");
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getWriter().write("{\"error\":\"invalid_client\"}");
    }

    /// A page opened at localhost may ask 127.0.0.1 for a token, and the reverse.
    private static CorsConfiguration thisMachine() {
        CorsConfiguration configuration = new CorsConfiguration();
        configuration.setAllowedOriginPatterns(List.of("http://127.0.0.1:[*]", "http://localhost:[*]"));
        configuration.setAllowedMethods(List.of("GET", "POST"));
        configuration.setAllowedHeaders(List.of("*"));
        return configuration;
    }
}
