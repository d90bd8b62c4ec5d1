/// Gold tables in Delta Lake: snapshot, change feed, schema. How they are read is in `kernel` and `rows`.
@ApplicationModule(allowedDependencies = {"contract", "entity"})
@NullMarked
package dev.vitrine.delta;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
