/// Moves the change feed of gold tables into the store.
@ApplicationModule(allowedDependencies = {"contract", "entity", "delta", "store"})
@NullMarked
package dev.vitrine.sync;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
