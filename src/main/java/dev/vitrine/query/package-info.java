/// The one door to entity data: filters, cursors and views, with the caller's grants applied.
@ApplicationModule(allowedDependencies = {"contract", "entity", "store", "access"})
@NullMarked
package dev.vitrine.query;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
