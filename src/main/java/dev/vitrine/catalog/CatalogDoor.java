package dev.vitrine.catalog;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.rest.problem.BaseAddress;
import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import dev.vitrine.sla.ServiceLevels;
import dev.vitrine.store.EntityStore;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// `/catalog/products`: every product version in force, for any caller with a token.
@RestController
@EnableConfigurationProperties(ClientKits.class)
final class CatalogDoor {

    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");
    private static final CacheControl ASK_AGAIN = CacheControl.noCache().cachePrivate();

    private final Contracts contracts;
    private final EntityStore store;
    private final ServiceLevels levels;
    private final BaseAddress base;
    private final ClientKits kits;

    CatalogDoor(Contracts contracts, EntityStore store, ServiceLevels levels, BaseAddress base, ClientKits kits) {
        this.contracts = contracts;
        this.store = store;
        this.levels = levels;
        this.base = base;
        this.kits = kits;
    }

    /// All versions, without their state.
    record Overview(List<ProductSummary> products) {}

    @GetMapping(path = "/catalog/products", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Overview> all(HttpServletRequest request) {
        String address = base.of(request);
        return answer(new Overview(contracts.products().stream()
                .map(product -> ProductSummary.of(product, address))
                .toList()));
    }

    @GetMapping(path = "/catalog/products/{product}/{version}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ProductDetail> one(
            @PathVariable String product, @PathVariable String version, HttpServletRequest request) {
        Contracts now = contracts.now();
        DataProduct found = find(now, product, version);
        return answer(ProductDetail.of(found, now, store, base.of(request), kits.languages(found)));
    }

    @GetMapping("/catalog/products/{product}/{version}/contract")
    ResponseEntity<byte[]> contract(@PathVariable String product, @PathVariable String version) {
        DataProduct found = find(contracts, product, version);
        String text = contracts
                .text(found)
                .orElseThrow(() -> new Refusal(
                        ProblemType.UNKNOWN_ADDRESS,
                        "The contract of %s is being replaced just now; ask again.".formatted(found.address())));
        return ResponseEntity.ok()
                .cacheControl(ASK_AGAIN)
                .contentType(YAML)
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/catalog/products/{product}/{version}/sdk/{language}")
    ResponseEntity<Resource> sdk(
            @PathVariable String product, @PathVariable String version, @PathVariable String language) {
        DataProduct found = find(contracts, product, version);
        Path file = kits.file(found, language)
                .orElseThrow(() -> new Refusal(
                        ProblemType.UNKNOWN_ADDRESS,
                        "There is no client of %s in %s; there are: %s. The data team makes them with ./mvnw -Psdk package."
                                .formatted(found.address(), language, kits.languages(found))));
        return ResponseEntity.ok()
                .cacheControl(ASK_AGAIN)
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file.getFileName().toString())
                                .build()
                                .toString())
                .body(new FileSystemResource(file));
    }

    /// How its promises were kept over the last 30 days.
    @GetMapping(
            path = "/catalog/products/{product}/{version}/service-levels",
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<KeptLevels> serviceLevels(@PathVariable String product, @PathVariable String version) {
        return answer(KeptLevels.of(levels.of(find(contracts, product, version))));
    }

    private static <T> ResponseEntity<T> answer(T body) {
        return ResponseEntity.ok().cacheControl(ASK_AGAIN).body(body);
    }

    private static DataProduct find(Contracts contracts, String name, String version) {
        List<DataProduct> versions = contracts.products().stream()
                .filter(product -> product.name().equals(name))
                .toList();
        if (versions.isEmpty()) {
            throw new Refusal(ProblemType.UNKNOWN_PRODUCT, "There is no data product %s.".formatted(name));
        }
        return versions.stream()
                .filter(product -> ("v" + product.major()).equals(version))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        ProblemType.UNKNOWN_VERSION,
                        "%s has no version %s; there are: %s"
                                .formatted(
                                        name,
                                        version,
                                        versions.stream()
                                                .map(product -> "v" + product.major())
                                                .collect(Collectors.joining(", ")))));
    }
}
