package dev.vitrine.query.budget;

import dev.vitrine.access.AccessMisconfigured;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What the store may charge from midnight to midnight UTC, in its own units: the request units of Cosmos DB.
///
/// @param requestUnits for all that is done with it; null: no budget
/// @param products the same for the tables of a product, by product
/// @param pointReadsOnly whether only reads by key are answered once a budget is spent
/// @param lookEvery how often it is looked up what was charged
@ConfigurationProperties("vitrine.budget")
record BudgetProperties(
        @Nullable Long requestUnits,
        @DefaultValue Map<String, Long> products,
        @DefaultValue("false") boolean pointReadsOnly,
        @DefaultValue("5s") Duration lookEvery) {

    BudgetProperties {
        products = Map.copyOf(products);
        if (requestUnits != null) {
            requirePositive("request-units", requestUnits);
        }
        products.forEach((product, units) -> requirePositive("products." + product, units));
        if (!lookEvery.isPositive()) {
            throw new AccessMisconfigured(
                    "vitrine.budget.look-every is %s.".formatted(lookEvery), "Write a time, such as 5s.");
        }
        if (requestUnits == null && products.isEmpty()) {
            throw new AccessMisconfigured(
                    "vitrine.budget is configured, but holds no budget.",
                    "Set vitrine.budget.request-units or vitrine.budget.products.<product> to the request units of a day, or leave all of vitrine.budget out.");
        }
    }

    private static void requirePositive(String key, long units) {
        if (units < 1) {
            throw new AccessMisconfigured(
                    "vitrine.budget.%s is %d.".formatted(key, units),
                    "Write the request units that may be charged in a day, at least 1; without the key there is no budget.");
        }
    }
}
