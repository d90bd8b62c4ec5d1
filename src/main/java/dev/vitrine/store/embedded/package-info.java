/// The store in files on this machine: one SQLite database for each generation of a table.
@NullMarked
package dev.vitrine.store.embedded;

import org.jspecify.annotations.NullMarked;
