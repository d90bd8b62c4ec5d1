/// What is read often, kept in front of a store: near, in this process, and shared with other processes.
@NullMarked
package dev.vitrine.store.cache;

import org.jspecify.annotations.NullMarked;
