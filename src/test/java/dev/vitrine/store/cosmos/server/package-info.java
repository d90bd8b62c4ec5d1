/// A server that speaks Cosmos DB's gateway protocol to the real SDK, in this process: what a test needs of it, with
/// its limits, its rules on queries, and faults on demand. Its request charges are estimates.
@NullMarked
package dev.vitrine.store.cosmos.server;

import org.jspecify.annotations.NullMarked;
