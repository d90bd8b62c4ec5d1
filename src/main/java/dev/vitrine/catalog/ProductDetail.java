package dev.vitrine.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.store.EntityStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a product version is, and how it does.
///
/// @param sdks addresses of generated clients, one a language
/// @param status see [ProductSummary#status()]
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProductDetail(
        String name,
        int major,
        String version,
        String status,
        @Nullable String description,
        List<Collection> entities,
        List<StatedLevel> serviceLevels,
        List<String> sdks,
        ProductSummary.Links links) {

    /// A collection of entities.
    ///
    /// @param type name of one of them
    /// @param address null: the version is retired
    /// @param table null: likewise
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Collection(
            String name,
            String type,
            @Nullable String title,
            @Nullable String description,
            @Nullable String address,
            @Nullable TableState table) {}

    /// @param contracts that the product is from
    /// @param languages that there is a generated client in
    static ProductDetail of(
            DataProduct product, Contracts contracts, EntityStore store, String base, List<String> languages) {
        ProductSummary.Links links = ProductSummary.Links.of(product, base);
        return new ProductDetail(
                product.name(),
                product.major(),
                product.version(),
                ProductSummary.status(product),
                product.description(),
                product.entities().stream()
                        .map(type -> collection(product, type, contracts, store, links.api()))
                        .toList(),
                product.serviceLevels().stream().map(StatedLevel::of).toList(),
                languages.stream()
                        .map(language -> links.self() + "/sdk/" + language)
                        .toList(),
                links);
    }

    private static Collection collection(
            DataProduct product, EntityType type, Contracts contracts, EntityStore store, @Nullable String api) {
        return new Collection(
                type.name(),
                type.typeName(),
                type.title(),
                type.description(),
                api == null ? null : api + "/" + type.name(),
                api == null ? null : TableState.of(contracts.table(product, type), store));
    }
}
