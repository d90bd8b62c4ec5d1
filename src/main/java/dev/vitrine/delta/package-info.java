/// Everything that knows Delta Lake: snapshot, change feed, row to entity.
@ApplicationModule(allowedDependencies = {"contract", "entity"})
@NullMarked
package dev.vitrine.delta;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
