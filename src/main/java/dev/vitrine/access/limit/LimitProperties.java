package dev.vitrine.access.limit;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How often callers may ask. Windows are written `units/time`, such as `3000/1m`.
///
/// @param kind where it is counted; null: in Redis if that is the cache, else in each process
/// @param planClaim claim of a token that names its plan
/// @param defaultPlan of callers without such a claim
/// @param clients plan by OAuth2 client; goes before the claim
/// @param plans windows by name, and the number of `concurrent` requests, by plan
/// @param products windows by name that all callers of a product share, by product
/// @param addresses what one address may ask for without good credentials
@ConfigurationProperties("vitrine.limits")
record LimitProperties(
        @Nullable Kind kind,
        @DefaultValue("plan") String planClaim,
        @DefaultValue(Plans.STANDARD) String defaultPlan,
        @DefaultValue Map<String, String> clients,
        @DefaultValue Map<String, Map<String, String>> plans,
        @DefaultValue Map<String, Map<String, String>> products,
        @DefaultValue("600/1m") String addresses) {

    /// Where it is counted.
    enum Kind {
        /// in each process by itself
        LOCAL,
        /// in Redis, for all processes
        REDIS
    }
}
