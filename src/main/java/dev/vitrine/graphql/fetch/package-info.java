/// Where the values of a GraphQL answer come from: [dev.vitrine.query.Entities] alone.
@NullMarked
package dev.vitrine.graphql.fetch;

import org.jspecify.annotations.NullMarked;
