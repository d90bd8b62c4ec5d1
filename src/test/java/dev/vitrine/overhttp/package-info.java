/// The whole application over real HTTP, with real tokens and tables: what a caller meets.
@NullMarked
package dev.vitrine.overhttp;

import org.jspecify.annotations.NullMarked;
