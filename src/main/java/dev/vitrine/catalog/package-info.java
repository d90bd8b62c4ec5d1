/// What there is: products, versions, contracts, service levels and the state of the tables, for people and programs.
@ApplicationModule(allowedDependencies = {"contract", "entity", "store", "sla", "rest :: problem"})
@NullMarked
package dev.vitrine.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
