package dev.vitrine.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.access.EntityGrant;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.query.view.Projection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What can be asked of one entity type and how it is shown, prepared once. Threads may share it.
final class EntityFields {

    /// Views differ in what callers may see and in the fields they ask for; the rare ones are prepared again.
    private static final long MOST_PROJECTIONS = 1_000;

    private final Map<String, FieldPath> byName;
    private final Set<String> keyNames;
    private final Function<View, Projection> prepare;
    private final Cache<View, Projection> projections =
            Caffeine.newBuilder().maximumSize(MOST_PROJECTIONS).build();

    private record View(Set<String> classes, @Nullable Set<String> selected) {}

    EntityFields(EntityType type) {
        byName = type.allFields().stream()
                .collect(
                        Collectors.toMap(FieldPath::name, Function.identity(), (one, same) -> one, LinkedHashMap::new));
        keyNames = type.key().stream().map(FieldPath::name).collect(Collectors.toUnmodifiableSet());
        prepare = view -> Projection.of(type, view.classes(), view.selected());
    }

    /// The field of that name; empty if there is none that the caller could ever see.
    Optional<FieldPath> visible(String name, EntityGrant grant) {
        return Optional.ofNullable(byName.get(name)).filter(path -> grant.everShows(path.classifications()));
    }

    /// Whether it can be filtered and sorted by.
    boolean filterable(FieldPath path) {
        return path.field().type() instanceof FieldType.Scalar scalar
                && !(scalar instanceof FieldType.BinaryType)
                && (path.field().filterable() || keyNames.contains(path.name()));
    }

    /// Names of the fields that the caller could see, outer ones first.
    List<String> visibleNames(EntityGrant grant) {
        return byName.values().stream()
                .filter(path -> grant.everShows(path.classifications()))
                .map(FieldPath::name)
                .toList();
    }

    /// Names of the fields that the caller could filter by.
    List<String> filterableNames(EntityGrant grant) {
        return byName.values().stream()
                .filter(path -> filterable(path) && grant.everShows(path.classifications()))
                .map(FieldPath::name)
                .toList();
    }

    /// How entities are shown.
    Projection projection(Set<String> classes, @Nullable Set<String> selected) {
        return projections.get(new View(classes, selected), prepare);
    }

    /// Where the values of a scalar field are stored.
    static IndexedColumn column(FieldPath path) {
        return new IndexedColumn(path.column(), (FieldType.Scalar) path.field().type());
    }
}
