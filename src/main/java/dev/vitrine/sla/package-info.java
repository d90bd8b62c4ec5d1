/// What the contracts promise, as objectives; and how Prometheus and Grafana hold them up to it.
@ApplicationModule(allowedDependencies = {"contract"})
@NullMarked
package dev.vitrine.sla;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
