package dev.vitrine.rest.openapi;

import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.SpringDocProviders;
import org.springdoc.core.service.AbstractRequestService;
import org.springdoc.core.service.GenericResponseService;
import org.springdoc.core.service.OpenAPIService;
import org.springdoc.core.service.OperationService;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OAuthAddresses.class)
class OpenApiConfiguration {

    @Bean
    ApiDocuments apiDocuments(
            ObjectFactory<OpenAPIService> services,
            AbstractRequestService requests,
            GenericResponseService responses,
            OperationService operations,
            SpringDocConfigProperties properties,
            SpringDocProviders providers,
            OAuthAddresses addresses,
            @Value("${vitrine.keys.header:X-API-Key}") String keyHeader) {
        return new ApiDocuments(
                services,
                requests,
                responses,
                operations,
                properties,
                providers,
                new Credentials(addresses, keyHeader));
    }
}
