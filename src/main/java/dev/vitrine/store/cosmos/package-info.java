/// The store in Azure Cosmos DB: one container for each generation of a table, and a control container with what
/// decides
/// which is served.
@NullMarked
package dev.vitrine.store.cosmos;

import org.jspecify.annotations.NullMarked;
