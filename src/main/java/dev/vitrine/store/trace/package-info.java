/// Spans of what is read for a caller whose trace is sampled.
@NullMarked
package dev.vitrine.store.trace;

import org.jspecify.annotations.NullMarked;
