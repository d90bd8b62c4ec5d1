package dev.vitrine.contract;

import dev.vitrine.contract.ServiceLevel.EndOfLife;
import dev.vitrine.contract.ServiceLevel.EndOfSupport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One major version of a data product: what one contract file in the contracts folder promises, checked and resolved.
///
/// @param name first half of the address: `sales`
/// @param major second half of the address: 1 for `v1`
/// @param version the contract's full version
/// @param location folder of the gold tables: path or URI
/// @param description the contract's purpose, usage and limitations in one Markdown text
/// @param source the file it was read from
public record DataProduct(
        String name,
        int major,
        String version,
        Status status,
        String id,
        @Nullable String description,
        String location,
        List<EntityType> entities,
        List<Role> roles,
        List<ServiceLevel> serviceLevels,
        Path source) {
    public DataProduct {
        entities = List.copyOf(entities);
        roles = List.copyOf(roles);
        serviceLevels = List.copyOf(serviceLevels);
    }

    /// Where the contract stands in its life.
    public enum Status {
        PROPOSED,
        DRAFT,
        ACTIVE,
        DEPRECATED,
        RETIRED
    }

    /// `sales/v1`: the address below `/api/`.
    public String address() {
        return name + "/v" + major;
    }

    /// The entity collection of that name.
    public Optional<EntityType> entity(String entityName) {
        return entities.stream()
                .filter(entity -> entity.name().equals(entityName))
                .findFirst();
    }

    /// The relations that can be followed from an entity: its own foreign keys, then those of others that point to it
    /// and
    /// have an inverse name, in the order of the contract. Their names differ from each other and from the fields'.
    public List<Relation> relations(EntityType type) {
        return Relation.of(this, type);
    }

    /// From when on the entity collection is deprecated in this version; empty: nothing is planned.
    public Optional<Instant> endOfSupport(EntityType entity) {
        return earliest(entity, level -> level instanceof EndOfSupport end ? Optional.of(end.at()) : Optional.empty());
    }

    /// From when on the entity collection is gone in this version; empty: nothing is planned.
    public Optional<Instant> endOfLife(EntityType entity) {
        return earliest(entity, level -> level instanceof EndOfLife end ? Optional.of(end.at()) : Optional.empty());
    }

    private Optional<Instant> earliest(EntityType entity, Function<ServiceLevel, Optional<Instant>> end) {
        return serviceLevels.stream()
                .filter(level -> level.element() == null || level.element().equals(entity.name()))
                .flatMap(level -> end.apply(level).stream())
                .min(Comparator.naturalOrder());
    }
}
