/// Who may read what: callers, grants, row filters, field classes.
@ApplicationModule(allowedDependencies = {"contract", "entity"})
@NullMarked
package dev.vitrine.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
