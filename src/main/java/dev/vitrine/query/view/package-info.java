/// Stored documents: single values of them, and what a caller is shown of them.
@NullMarked
package dev.vitrine.query.view;

import org.jspecify.annotations.NullMarked;
