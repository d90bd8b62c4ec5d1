package dev.vitrine.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.access.EntityGrant.Opening;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Role;
import dev.vitrine.contract.RowFilter;
import dev.vitrine.entity.Filter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the roles of the contracts open to callers. Threads may share it.
///
/// Worked out once per product version and caller, as the same objects come back with every request: contracts until
/// they are edited, callers until their token expires.
public final class Grants {

    /// Both keys are compared by identity and kept no longer than somebody else keeps them.
    private final Cache<DataProduct, Cache<Caller, Map<String, EntityGrant>>> known =
            Caffeine.newBuilder().weakKeys().build();

    /// What the caller may see of the entity collection; without a role that opens it: nothing.
    public EntityGrant of(DataProduct product, EntityType type, Caller caller) {
        return known.get(product, any -> Caffeine.newBuilder().weakKeys().build())
                .get(caller, asking -> work(product, asking))
                .getOrDefault(type.name(), EntityGrant.CLOSED);
    }

    /// The scopes any one of which opens the entity collection.
    public Set<String> opening(DataProduct product, EntityType type) {
        return product.roles().stream()
                .filter(role -> opens(role, type))
                .map(Role::scope)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, EntityGrant> work(DataProduct product, Caller caller) {
        Map<String, EntityGrant> grants = new HashMap<>();
        for (EntityType type : product.entities()) {
            List<Opening> openings = product.roles().stream()
                    .filter(role -> caller.scopes().contains(role.scope()) && opens(role, type))
                    .map(role -> new Opening(rows(role.rowFilters().get(type.name()), caller), role.classifications()))
                    .toList();
            grants.put(type.name(), new EntityGrant(openings));
        }
        return grants;
    }

    private static boolean opens(Role role, EntityType type) {
        return role.rowFilters().isEmpty() || role.rowFilters().containsKey(type.name());
    }

    private static Filter rows(@Nullable RowFilter filter, Caller caller) {
        return filter == null ? Filter.ALL : new ClaimBinding(caller.claims()).bind(filter);
    }
}
