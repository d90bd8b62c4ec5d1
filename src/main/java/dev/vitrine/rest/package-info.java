/// The HTTP door: addresses, headers, problems and the OpenAPI document.
@ApplicationModule(allowedDependencies = {"contract", "entity", "query", "access", "sla"})
@NullMarked
package dev.vitrine.rest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
