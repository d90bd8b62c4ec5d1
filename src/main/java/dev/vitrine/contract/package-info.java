/// What a data product promises: its contract (ODCS v3.1), read into types.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.vitrine.contract;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
