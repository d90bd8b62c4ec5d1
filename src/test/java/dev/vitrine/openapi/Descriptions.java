package dev.vitrine.openapi;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.rest.openapi.ApiDocuments;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.BeanFactory;

/// The OpenAPI documents of the contracts that are in force in an application.
final class Descriptions {

    private final BeanFactory beans;
    private final Cache<DataProduct, ApiDescription> known =
            Caffeine.newBuilder().weakKeys().build();

    Descriptions(BeanFactory beans) {
        this.beans = beans;
    }

    /// Of all product versions in force now, by `/api/{product}/v{n}/`; empty in an application without REST door.
    Map<String, ApiDescription> now() {
        return contracts().map(this::of).orElse(Map.of());
    }

    /// What may hold instead: contracts that have come into force since, or are about to, which answers may run ahead
    /// of.
    List<Map<String, ApiDescription>> others(Map<String, ApiDescription> before) {
        Contracts contracts = contracts().orElseThrow();
        Contracts now = contracts.now();
        Stream<Contracts> coming = now.products().stream()
                .flatMap(product -> product.entities().stream()
                        .flatMap(entity -> now.tables().stream()
                                .filter(table -> table.product().equals(product.name())
                                        && table.name().equals(entity.table()))
                                .flatMap(table -> contracts.instead(product, entity, table).stream())));
        return Stream.concat(Stream.of(now), coming)
                .map(this::of)
                .filter(each -> !each.equals(before))
                .toList();
    }

    private Optional<Contracts> contracts() {
        return Optional.ofNullable(beans.getBeanProvider(Contracts.class).getIfAvailable());
    }

    private Map<String, ApiDescription> of(Contracts contracts) {
        ApiDocuments documents = beans.getBeanProvider(ApiDocuments.class).getIfAvailable();
        if (documents == null) {
            return Map.of();
        }
        boolean madeUp = beans.getBeanProvider(MadeUpEntities.class).getIfAvailable() != null;
        return contracts.products().stream()
                .collect(Collectors.toMap(
                        product -> "/api/" + product.address() + "/",
                        product -> known.get(
                                product,
                                each -> new ApiDescription(documents.of(each).json(), madeUp))));
    }
}
