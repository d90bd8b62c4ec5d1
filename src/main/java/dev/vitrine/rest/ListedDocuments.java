package dev.vitrine.rest;

import dev.vitrine.contract.DataProduct;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springdoc.core.properties.AbstractSwaggerUiConfigProperties.SwaggerUrl;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.properties.SwaggerUiConfigParameters;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.providers.SpringWebProvider;
import org.springdoc.webmvc.ui.SwaggerWelcomeWebMvc;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.util.UriComponentsBuilder;

/// Swagger UI with one document per product version that is served now.
final class ListedDocuments extends SwaggerWelcomeWebMvc {

    private final Routes routes;

    ListedDocuments(
            Routes routes,
            SwaggerUiConfigProperties swaggerUi,
            SpringDocConfigProperties springDoc,
            ObjectProvider<SpringWebProvider> web) {
        super(swaggerUi, springDoc, web);
        this.routes = routes;
    }

    @Override
    protected void buildConfigUrl(SwaggerUiConfigParameters parameters, UriComponentsBuilder address) {
        super.buildConfigUrl(parameters, address);
        Set<SwaggerUrl> urls = new LinkedHashSet<>();
        for (DataProduct product : routes.served()) {
            String name = "%s v%d".formatted(product.name(), product.major());
            String url = parameters.getContextPath() + ApiAddress.PREFIX + product.address() + DocumentDoor.JSON;
            urls.add(new SwaggerUrl(name, url, name));
        }
        parameters.setUrls(urls);
    }
}
