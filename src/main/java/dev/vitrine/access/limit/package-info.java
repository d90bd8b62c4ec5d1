/// How often callers may ask: plans, windows, what is taken of them.
@NullMarked
package dev.vitrine.access.limit;

import org.jspecify.annotations.NullMarked;
