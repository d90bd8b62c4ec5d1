/// What the contracts promise, as objectives; how the service keeps it; and how Prometheus and Grafana hold it up to
/// it.
@ApplicationModule(allowedDependencies = {"contract", "store"})
@NullMarked
package dev.vitrine.sla;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
