package dev.vitrine.store;

import dev.vitrine.entity.Entity;
import dev.vitrine.entity.EntityChange.Reason;

/// What is known under a key.
public sealed interface Lookup {

    /// The entity.
    record Found(Entity entity) implements Lookup {}

    /// No row has this key.
    record Absent() implements Lookup {}

    /// There is a row, but it cannot be served: see the dead letters.
    record Withheld(Reason reason) implements Lookup {}
}
