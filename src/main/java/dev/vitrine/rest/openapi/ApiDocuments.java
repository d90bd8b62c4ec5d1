package dev.vitrine.rest.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.contract.DataProduct;
import java.util.Locale;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.SpringDocProviders;
import org.springdoc.core.service.AbstractRequestService;
import org.springdoc.core.service.GenericResponseService;
import org.springdoc.core.service.OpenAPIService;
import org.springdoc.core.service.OperationService;
import org.springframework.beans.factory.ObjectFactory;

/// The OpenAPI document of every product version, made by springdoc from the contract when it is first asked for, so
/// that it follows contracts which change at run time. Threads may share it.
public final class ApiDocuments {

    private final ObjectFactory<OpenAPIService> services;
    private final AbstractRequestService requests;
    private final GenericResponseService responses;
    private final OperationService operations;
    private final SpringDocConfigProperties properties;
    private final SpringDocProviders providers;
    private final Credentials credentials;
    private final Cache<DataProduct, Document> documents =
            Caffeine.newBuilder().weakKeys().build();

    ApiDocuments(
            ObjectFactory<OpenAPIService> services,
            AbstractRequestService requests,
            GenericResponseService responses,
            OperationService operations,
            SpringDocConfigProperties properties,
            SpringDocProviders providers,
            Credentials credentials) {
        this.services = services;
        this.requests = requests;
        this.responses = responses;
        this.operations = operations;
        this.properties = properties;
        this.providers = providers;
        this.credentials = credentials;
    }

    /// The document of a product version; it does not depend on where the service runs.
    public Document of(DataProduct product) {
        return documents.get(product, this::write);
    }

    /// One at a time: the documents share what springdoc works with.
    private synchronized Document write(DataProduct product) {
        ContractResource resource = new ContractResource(
                product, credentials, services, requests, responses, operations, properties, providers);
        try {
            return new Document(
                    resource.openapiJson(null, "", Locale.ROOT), resource.openapiYaml(null, "", Locale.ROOT));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the OpenAPI document of " + product.address() + " cannot be written", e);
        }
    }

    /// Both forms of one document; must not be changed.
    @SuppressWarnings("ArrayRecordComponent")
    public record Document(byte[] json, byte[] yaml) {}
}
