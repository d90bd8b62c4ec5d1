package dev.vitrine.rest;

import dev.vitrine.access.Callers;
import dev.vitrine.contract.DataProduct;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.springframework.web.filter.ServerHttpObservationFilter;

/// Hands requests on to the [ProductDoor] that their address names.
record ProductDoors(Routes routes, List<ProductDoor> doors, VersionUse use, InstantSource clock) {

    /// Answers if the address is one of a door; says whether it is.
    boolean answered(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        for (ProductDoor door : doors) {
            if (path.endsWith('/' + door.name())) {
                ApiAddress address = ApiAddress.of(path);
                if (address.key() == null) {
                    DataProduct product = routes.product(address.product(), address.version());
                    String pattern = ApiAddress.PREFIX + product.address() + '/' + door.name();
                    ServerHttpObservationFilter.findObservationContext(request)
                            .ifPresent(context -> context.setPathPattern(pattern));
                    if (!door.isDocument()) {
                        use.count(product, Callers.current().client());
                    }
                    Ending.of(product, door.name(), routes.served()).tell(response, pattern, clock.instant());
                    door.answer(product, request, response);
                    return true;
                }
            }
        }
        return false;
    }
}
