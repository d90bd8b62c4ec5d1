package dev.vitrine.demo;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.Role;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/// The two clients of the demo, made anew at every look: they may have any scope that the contracts in force name.
final class DemoClients implements RegisteredClientRepository {

    static final String DEMO = "demo";
    static final String SWAGGER_UI = "swagger-ui";

    private static final Set<String> OPERATIONS = Set.of("vitrine:metrics", "vitrine:announce", "vitrine:operate");
    private static final TokenSettings AN_HOUR =
            TokenSettings.builder().accessTokenTimeToLive(Duration.ofHours(1)).build();

    private final Contracts contracts;
    private final LocalAddress address;

    /// In the form the server would bring it to: any other would be written back at the first request.
    private final String secret =
            PasswordEncoderFactories.createDelegatingPasswordEncoder().encode("demo");

    DemoClients(Contracts contracts, LocalAddress address) {
        this.contracts = contracts;
        this.address = address;
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("The demo's clients are fixed; it cannot keep " + client.getClientId());
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        return switch (clientId) {
            case DEMO -> demo();
            case SWAGGER_UI -> swaggerUi();
            default -> null;
        };
    }

    private RegisteredClient demo() {
        return RegisteredClient.withId(DEMO)
                .clientId(DEMO)
                .clientSecret(secret)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(scopes -> scopes.addAll(allScopes()))
                .tokenSettings(AN_HOUR)
                .build();
    }

    private RegisteredClient swaggerUi() {
        return RegisteredClient.withId(SWAGGER_UI)
                .clientId(SWAGGER_UI)
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUris(
                        uris -> address.bases().forEach(base -> uris.add(base + "/swagger-ui/oauth2-redirect.html")))
                .scopes(scopes -> scopes.addAll(allScopes()))
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(false)
                        .build())
                .tokenSettings(AN_HOUR)
                .build();
    }

    private Set<String> allScopes() {
        Set<String> scopes = new TreeSet<>(OPERATIONS);
        contracts.products().stream()
                .flatMap(product -> product.roles().stream())
                .map(Role::scope)
                .forEach(scopes::add);
        return scopes;
    }
}
