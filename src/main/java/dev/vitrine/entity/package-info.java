/// The words everyone uses about one row of a product: key, revision, change, filter, order, page.
@ApplicationModule(allowedDependencies = {"contract"})
@NullMarked
package dev.vitrine.entity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
