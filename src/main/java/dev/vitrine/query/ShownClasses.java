package dev.vitrine.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.access.Caller;
import dev.vitrine.access.EntityGrant;
import dev.vitrine.access.Grants;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldPath;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The classes of restricted fields that an answer may show. Threads may share it.
final class ShownClasses {

    private final Grants grants;

    /// Of answers with all fields. Grants come back as the same objects, and are kept no longer than they are in force.
    private final Cache<EntityGrant, Set<String>> ofAllFields =
            Caffeine.newBuilder().weakKeys().build();

    ShownClasses(Grants grants) {
        this.grants = grants;
    }

    /// @param fields that are asked for; null: all
    Set<String> of(DataProduct product, EntityType type, @Nullable List<String> fields, Caller caller) {
        EntityGrant grant = grants.of(product, type, caller);
        return fields == null
                ? ofAllFields.get(grant, any -> shown(grant, type.allFields()))
                : shown(
                        grant,
                        type.allFields().stream()
                                .filter(path -> isAsked(path.name(), fields))
                                .toList());
    }

    private static boolean isAsked(String path, List<String> fields) {
        return fields.stream().anyMatch(field -> path.equals(field) || path.startsWith(field + '.'));
    }

    private static Set<String> shown(EntityGrant grant, Collection<FieldPath> paths) {
        Set<String> classes = new TreeSet<>();
        for (FieldPath path : paths) {
            Set<String> needed = path.classifications();
            if (grant.everShows(needed)) {
                classes.addAll(needed);
            }
        }
        return Set.copyOf(classes);
    }
}
