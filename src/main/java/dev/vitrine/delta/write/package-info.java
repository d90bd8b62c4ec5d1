/// Writes small Delta tables with a change feed: for the demo and for tests, not for gold.
@NamedInterface("write")
@NullMarked
package dev.vitrine.delta.write;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
