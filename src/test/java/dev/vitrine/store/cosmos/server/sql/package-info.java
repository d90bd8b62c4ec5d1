/// The part of Cosmos DB's SQL that the store and its SDK use: parsed, planned for several partitions, evaluated.
@NullMarked
package dev.vitrine.store.cosmos.server.sql;

import org.jspecify.annotations.NullMarked;
