package dev.vitrine.query;

import dev.vitrine.access.Caller;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one door to entity data; applies the caller's grants. Threads may share it.
///
/// Methods throw [InvalidQuery] for a request that cannot be answered, [NotGranted] where no scope of the caller
/// opens the entity, [EntitiesUnavailable], [QueryTooExpensive] and [CursorExpired].
public interface Entities {

    /// One entity by its key.
    ///
    /// @param key one text per key field
    /// @param fields see [Selection#fields()]
    EntityAnswer get(
            DataProduct product, EntityType type, List<String> key, @Nullable List<String> fields, Caller caller);

    /// A page of entities.
    EntityAnswer.Many list(DataProduct product, EntityType type, Selection selection, Caller caller);
}
