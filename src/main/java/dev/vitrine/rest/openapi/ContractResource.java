package dev.vitrine.rest.openapi;

import dev.vitrine.contract.DataProduct;
import io.swagger.v3.oas.models.OpenAPI;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.SpringDocCustomizers;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.SpringDocProviders;
import org.springdoc.core.service.AbstractRequestService;
import org.springdoc.core.service.GenericResponseService;
import org.springdoc.core.service.OpenAPIService;
import org.springdoc.core.service.OperationService;
import org.springdoc.webmvc.api.OpenApiResource;
import org.springframework.beans.factory.ObjectFactory;

/// A springdoc group whose paths come from a contract instead of from controllers.
final class ContractResource extends OpenApiResource {

    private final DataProduct product;
    private final Credentials credentials;

    ContractResource(
            DataProduct product,
            Credentials credentials,
            ObjectFactory<OpenAPIService> services,
            AbstractRequestService requests,
            GenericResponseService responses,
            OperationService operations,
            SpringDocConfigProperties properties,
            SpringDocProviders providers) {
        super(
                product.address(),
                services,
                requests,
                responses,
                operations,
                properties,
                providers,
                new SpringDocCustomizers(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        this.product = product;
        this.credentials = credentials;
    }

    @Override
    protected void getPaths(Map<String, Object> restControllers, Locale locale, OpenAPI openAPI) {
        new ContractDocument(product, credentials).describe(openAPI);
    }

    @Override
    protected String getServerUrl(@Nullable HttpServletRequest request, String apiDocsUrl) {
        return ContractDocument.SERVER;
    }
}
