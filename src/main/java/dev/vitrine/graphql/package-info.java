/// The GraphQL door: a schema, documents and limits for each product version, over HTTP.
@ApplicationModule(allowedDependencies = {"contract", "entity", "query", "access", "rest", "rest :: problem"})
@NullMarked
package dev.vitrine.graphql;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
