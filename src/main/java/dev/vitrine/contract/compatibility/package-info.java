/// What callers notice of an edit of a contract: told in words, and judged.
@NamedInterface("compatibility")
@NullMarked
package dev.vitrine.contract.compatibility;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
