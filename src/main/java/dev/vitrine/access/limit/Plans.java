package dev.vitrine.access.limit;

import dev.vitrine.access.AccessMisconfigured;
import dev.vitrine.access.Caller;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The plans there are, and who has which. Threads may share it.
final class Plans {

    /// The plan that there is without any configuration.
    static final String STANDARD = "standard";

    private static final Logger LOG = LoggerFactory.getLogger(Plans.class);
    private static final Map<String, String> STANDARD_LIMITS =
            Map.of("burst", "1000/10s", "minute", "5000/1m", "day", "2000000/1d", Plan.CONCURRENT, "100");

    private final LimitProperties properties;
    private final Map<String, Plan> plans = new HashMap<>();
    private final Plan standard;
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();

    Plans(LimitProperties properties) {
        this.properties = properties;
        plans.put(STANDARD, Plan.parse(STANDARD, STANDARD, STANDARD_LIMITS));
        properties
                .plans()
                .forEach((name, limits) -> plans.put(name, Plan.parse("vitrine.limits.plans." + name, name, limits)));
        standard = configured("vitrine.limits.default-plan", properties.defaultPlan());
        properties.clients().forEach((client, plan) -> configured("vitrine.limits.clients." + client, plan));
    }

    private Plan configured(String key, String name) {
        Plan plan = plans.get(name);
        if (plan == null) {
            throw new AccessMisconfigured(
                    "%s is '%s', and there is no such plan.".formatted(key, name),
                    "There are: %s. Add vitrine.limits.plans.%s, or name one of them."
                            .formatted(
                                    String.join(
                                            ", ",
                                            plans.keySet().stream().sorted().toList()),
                                    name));
        }
        return plan;
    }

    /// The plan of a caller. One that only its token names, and nobody configured, is the default plan.
    Plan of(Caller caller) {
        String named = properties.clients().get(caller.client());
        if (named == null && caller.claims().get(properties.planClaim()) instanceof String claimed) {
            named = claimed;
        }
        if (named == null) {
            return standard;
        }
        Plan plan = plans.get(named);
        if (plan == null) {
            if (unknown.size() < 100 && unknown.add(named)) {
                LOG.warn(
                        "A token of the client {} names the plan {}, which is not configured; it has the plan {}",
                        caller.client(),
                        named,
                        standard.name());
            }
            return standard;
        }
        return plan;
    }
}
