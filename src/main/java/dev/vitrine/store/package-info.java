/// The latest state of every entity, with its checkpoint, dead letters and the worker's state.
@ApplicationModule(allowedDependencies = {"contract", "entity"})
@NullMarked
package dev.vitrine.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
