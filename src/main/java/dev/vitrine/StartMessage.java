package dev.vitrine;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/// Says where things are once the service is up; in the demo with commands to paste.
@Component
class StartMessage {

    private static final Logger LOG = LoggerFactory.getLogger(StartMessage.class);

    private final Contracts contracts;
    private final Environment environment;

    StartMessage(Contracts contracts, Environment environment) {
        this.contracts = contracts;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void say() {
        LOG.info("{}", text());
    }

    String text() {
        String base = "http://%s:%s"
                .formatted(
                        environment.getProperty("server.address", "localhost"),
                        environment.getProperty("local.server.port", environment.getProperty("server.port", "8080")));
        boolean demo = environment.acceptsProfiles(Profiles.of("demo"));
        StringBuilder text =
                new StringBuilder("""
                Vitrine is up

                  Address      %1$s
                  Swagger UI   %1$s/swagger-ui.html%2$s
                """.formatted(base, demo ? "   (Authorize, then log in as demo / demo)" : ""));
        contracts
                .products()
                .forEach(product -> text.append("  Product      %s/api/%s: %s%n"
                        .formatted(
                                base,
                                product.address(),
                                String.join(
                                        ", ",
                                        product.entities().stream()
                                                .map(EntityType::name)
                                                .toList()))));
        if (demo) {
            text.append("  GraphiQL     %s/graphiql%n".formatted(base));
            text.append("  Client       demo / demo\n");
            example().ifPresent(example -> text.append(example.commands(base)));
        }
        return text.toString();
    }

    private Optional<Example> example() {
        return contracts.products().stream()
                .filter(product -> product.status() != DataProduct.Status.RETIRED)
                .flatMap(product -> product.roles().stream()
                        // A role for all rows: the example should find some.
                        .sorted(Comparator.comparing(role -> !role.rowFilters().isEmpty()))
                        .limit(1)
                        .map(role -> example(product, role)))
                .findFirst();
    }

    private Example example(DataProduct product, Role role) {
        List<EntityType> entities = product.entities();
        EntityType entity = entities.stream()
                .filter(candidate ->
                        role.rowFilters().isEmpty() || role.rowFilters().containsKey(candidate.name()))
                .findFirst()
                .orElse(entities.getFirst());
        boolean sample = product.name().equals("sales")
                && entity.name().equals("customers")
                && entity.table().equals("dim_customer");
        return new Example(
                role.scope(), "/api/" + product.address() + "/" + entity.name() + (sample ? "/1" : "?limit=1"));
    }

    /// @param scope to ask the token for
    /// @param address that it opens
    private record Example(String scope, String address) {

        String commands(String base) {
            return """

                      TOKEN=$(curl -s -u demo:demo -d grant_type=client_credentials -d 'scope=%2$s' %1$s/oauth2/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
                      curl -i -H "Authorization: Bearer $TOKEN" '%1$s%3$s'
                    """.formatted(base, scope, address);
        }
    }
}
