package dev.vitrine.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a product version is, in short.
///
/// @param version the contract's full version
/// @param status `active`, `deprecated`, `retired`, …
/// @param entities names of the collections
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProductSummary(
        String name,
        int major,
        String version,
        String status,
        @Nullable String description,
        List<String> entities,
        Links links) {

    static ProductSummary of(DataProduct product, String base) {
        return new ProductSummary(
                product.name(),
                product.major(),
                product.version(),
                status(product),
                product.description(),
                product.entities().stream().map(EntityType::name).toList(),
                Links.of(product, base));
    }

    static String status(DataProduct product) {
        return product.status().name().toLowerCase(Locale.ROOT);
    }

    /// Where things are, as absolute addresses.
    ///
    /// @param self the entry of the catalog
    /// @param api where the collections are; null: the version is retired
    /// @param openapi likewise
    /// @param contract the contract as YAML
    /// @param serviceLevels how its promises are kept
    /// @param status the same for people, of all versions
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Links(
            String self,
            @Nullable String api,
            @Nullable String openapi,
            String contract,
            String serviceLevels,
            String status) {

        static Links of(DataProduct product, String base) {
            boolean retired = product.status() == DataProduct.Status.RETIRED;
            String self = base + "/catalog/products/" + product.address();
            String api = base + "/api/" + product.address();
            return new Links(
                    self,
                    retired ? null : api,
                    retired ? null : api + "/openapi.json",
                    self + "/contract",
                    self + "/service-levels",
                    base + "/status/" + product.name());
        }
    }
}
