/// Whose tokens are trusted, and what they say: issuers, their keys, verified tokens.
@NullMarked
package dev.vitrine.access.token;

import org.jspecify.annotations.NullMarked;
