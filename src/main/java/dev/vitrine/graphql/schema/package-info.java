/// The GraphQL schema of a product version, made from its contract.
@NullMarked
package dev.vitrine.graphql.schema;

import org.jspecify.annotations.NullMarked;
