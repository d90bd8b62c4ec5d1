package dev.vitrine.rest;

import dev.vitrine.contract.Contracts;
import dev.vitrine.query.Entities;
import dev.vitrine.rest.openapi.ApiDocuments;
import dev.vitrine.rest.problem.BaseAddress;
import dev.vitrine.rest.problem.Problems;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.providers.SpringWebProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebOrigins.class)
class RestConfiguration {

    @Bean
    Routes routes(Contracts contracts) {
        return new Routes(contracts, InstantSource.system());
    }

    @Bean
    ApiMapping apiMapping(
            Routes routes,
            Entities entities,
            BaseAddress base,
            ApiDocuments documents,
            Problems problems,
            MeterRegistry meters,
            ObjectProvider<ProductDoor> others) {
        InstantSource clock = InstantSource.system();
        VersionUse use = new VersionUse(meters);
        return new ApiMapping(new ApiDoor(
                new ProductDoors(routes, others.orderedStream().toList(), use, clock),
                new DataDoor(routes, entities, base, use, clock),
                new DocumentDoor(routes, documents),
                problems));
    }

    @Bean
    ListedDocuments listedDocuments(
            Routes routes,
            SwaggerUiConfigProperties swaggerUi,
            SpringDocConfigProperties springDoc,
            ObjectProvider<SpringWebProvider> web) {
        return new ListedDocuments(routes, swaggerUi, springDoc, web);
    }

    /// Before the security chain, because browsers ask for permission without a token.
    @Bean
    FilterRegistrationBean<CorsFilter> originFilter(WebOrigins origins, Problems problems) {
        CorsFilter filter = new CorsFilter(origins.configuration());
        filter.setCorsProcessor(new OriginCheck(problems));
        FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER - 1);
        registration.setEnabled(!origins.origins().isEmpty());
        return registration;
    }

    /// The address alone shows people what there is.
    @Bean
    WebMvcConfigurer startPage() {
        return new WebMvcConfigurer() {
            @Override
            public void addViewControllers(ViewControllerRegistry registry) {
                registry.addRedirectViewController("/", "/swagger-ui.html");
            }
        };
    }

    /// Lets keys and values through in which a caller left characters plain that should be encoded.
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> plainCharactersInAddresses() {
        return factory -> factory.addConnectorCustomizers(connector -> {
            connector.setProperty("relaxedPathChars", "\"<>[\\]^`{|}");
            connector.setProperty("relaxedQueryChars", "\"<>[\\]^`{|}");
        });
    }
}
