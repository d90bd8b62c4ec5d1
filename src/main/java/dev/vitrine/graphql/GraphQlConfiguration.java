package dev.vitrine.graphql;

import dev.vitrine.access.Grants;
import dev.vitrine.query.Entities;
import dev.vitrine.rest.ProductDoor;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Opens the GraphQL door of every product version.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GraphQlSettings.class)
class GraphQlConfiguration {

    @Bean
    ExecutableProducts executableProducts(GraphQlSettings settings) {
        return new ExecutableProducts(settings);
    }

    @Bean
    ProductDoor graphQlDoor(ExecutableProducts products, Entities entities, Grants grants, GraphQlSettings settings) {
        return new GraphQlDoor(products, entities, grants, settings, InstantSource.system());
    }

    @Bean
    ProductDoor schemaDoor(ExecutableProducts products) {
        return new SchemaDoor(products);
    }
}
