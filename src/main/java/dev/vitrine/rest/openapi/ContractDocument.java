package dev.vitrine.rest.openapi;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Role;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.Scopes;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Describes a product version in the terms of OpenAPI 3.1. Everything is in the order of the contract, so the same
/// contract always gives the same bytes.
final class ContractDocument {

    static final String SERVER = "/";
    static final String SECURITY_SCHEME = "oauth2";
    static final String TOKEN_SCHEME = "token";
    static final String KEY_SCHEME = "apiKey";

    private final DataProduct product;
    private final Credentials credentials;

    ContractDocument(DataProduct product, Credentials credentials) {
        this.product = product;
        this.credentials = credentials;
    }

    /// Fills an empty document.
    void describe(OpenAPI document) {
        Components components = new Components();
        Paths paths = new Paths();
        List<Tag> tags = new ArrayList<>();
        EntitySchemas schemas = new EntitySchemas(components);
        for (EntityType entity : product.entities()) {
            tags.add(new Tag().name(entity.name()).description(firstOf(entity.description(), entity.title())));
            schemas.add(product, entity);
            new EntityPaths(product, entity).addTo(paths);
        }
        SharedAnswers.addTo(components);
        components.addSecuritySchemes(SECURITY_SCHEME, securityScheme());
        components.addSecuritySchemes(TOKEN_SCHEME, tokenScheme());
        components.addSecuritySchemes(KEY_SCHEME, keyScheme());
        document.info(info());
        document.servers(List.of(new Server().url(SERVER).description("Where this document was read from")));
        document.tags(tags);
        document.paths(paths);
        document.components(components);
    }

    private Info info() {
        return new Info()
                .title("%s v%d".formatted(product.name(), product.major()))
                .version(product.version())
                .description(product.description());
    }

    private SecurityScheme securityScheme() {
        Scopes scopes = new Scopes();
        for (Role role : product.roles()) {
            scopes.addString(role.scope(), firstOf(role.description(), ""));
        }
        return new SecurityScheme()
                .type(SecurityScheme.Type.OAUTH2)
                .description("Programs use client credentials, people in a browser the authorization code with PKCE.")
                .flows(new OAuthFlows()
                        .clientCredentials(new OAuthFlow()
                                .tokenUrl(credentials.oauth2().tokenUrl())
                                .scopes(scopes))
                        .authorizationCode(new OAuthFlow()
                                .authorizationUrl(credentials.oauth2().authorizationUrl())
                                .tokenUrl(credentials.oauth2().tokenUrl())
                                .scopes(scopes)));
    }

    /// The same tokens, wherever they come from: generated clients put `Bearer` before one only if a scheme says so.
    /// The
    /// generator sorts schemes by name, and of those that set the same header the last one counts: so this comes after
    /// [#SECURITY_SCHEME].
    private static SecurityScheme tokenScheme() {
        return new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .bearerFormat("JWT")
                .description("A token that you have already.");
    }

    private SecurityScheme keyScheme() {
        return new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name(credentials.keyHeader())
                .description("For programs that cannot get tokens. Whoever operates the service makes keys.");
    }

    static @Nullable String firstOf(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }
}
