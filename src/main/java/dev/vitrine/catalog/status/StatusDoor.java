package dev.vitrine.catalog.status;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import dev.vitrine.sla.ServiceLevels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// `/status/{product}`: a page for people, who see it where they see the API's documents (`vitrine.docs`).
@RestController
final class StatusDoor {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    /// The page has no script, and brings its style along.
    private static final String NOTHING_ELSE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private final Contracts contracts;
    private final ServiceLevels levels;

    StatusDoor(Contracts contracts, ServiceLevels levels) {
        this.contracts = contracts;
        this.levels = levels;
    }

    @GetMapping("/status/{product}")
    ResponseEntity<byte[]> page(@PathVariable String product) {
        List<DataProduct> versions = contracts.products().stream()
                .filter(one -> one.name().equals(product))
                .toList();
        if (versions.isEmpty()) {
            throw new Refusal(ProblemType.UNKNOWN_PRODUCT, "There is no data product %s.".formatted(product));
        }
        String page = StatusPage.of(
                product,
                versions.stream()
                        .filter(version -> version.status() != DataProduct.Status.RETIRED)
                        .map(levels::of)
                        .toList(),
                (version, entity) -> levels.lastDay(version, entity, Plot.PART));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .contentType(HTML)
                .header("Content-Security-Policy", NOTHING_ELSE)
                .body(page.getBytes(StandardCharsets.UTF_8));
    }
}
