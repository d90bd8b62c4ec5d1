package dev.vitrine.rest;

import dev.vitrine.rest.openapi.ApiDocuments;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Answers requests for the OpenAPI document of a product version, as JSON and as YAML.
final class DocumentDoor {

    static final String JSON = "/openapi.json";
    private static final String YAML = "/openapi.yaml";

    private final Routes routes;
    private final ApiDocuments documents;

    DocumentDoor(Routes routes, ApiDocuments documents) {
        this.routes = routes;
        this.documents = documents;
    }

    /// Answers if the address is one of a document; says whether it is.
    boolean answered(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        boolean json = path.endsWith(JSON);
        if (!json && !path.endsWith(YAML)) {
            return false;
        }
        ApiAddress address = ApiAddress.of(path);
        if (address.key() != null) {
            return false;
        }
        if (!Methods.allow(request, response, Methods.READING)) {
            return true;
        }
        ApiDocuments.Document document = documents.of(routes.product(address.product(), address.version()));
        byte[] body = json ? document.json() : document.yaml();
        response.setContentType(json ? "application/json" : "application/yaml");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        return true;
    }
}
