/// What callers are told when a request fails: problem types, their rendering and their pages.
@NamedInterface("problem")
@NullMarked
package dev.vitrine.rest.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
