package dev.vitrine.graphql;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.rest.ProductDoor;
import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// The schema as text, for tools that make clients.
final class SchemaDoor implements ProductDoor {

    private final ExecutableProducts products;

    SchemaDoor(ExecutableProducts products) {
        this.products = products;
    }

    @Override
    public String name() {
        return "schema.graphqls";
    }

    @Override
    public boolean isDocument() {
        return true;
    }

    @Override
    public void answer(DataProduct product, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!Set.of("GET", "HEAD").contains(request.getMethod())) {
            throw new Refusal(
                            ProblemType.METHOD_NOT_ALLOWED,
                            "%s is not allowed here; the schema is read with GET and HEAD."
                                    .formatted(request.getMethod()))
                    .with("Allow", "GET, HEAD");
        }
        byte[] text = products.of(product).schemaText().getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/plain;charset=utf-8");
        response.setContentLength(text.length);
        response.getOutputStream().write(text);
    }
}
