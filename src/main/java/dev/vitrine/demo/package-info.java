/// The sample lakehouse and the local authorization server; never in production.
@ApplicationModule(allowedDependencies = {"contract", "access", "delta", "delta :: write"})
@NullMarked
package dev.vitrine.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
