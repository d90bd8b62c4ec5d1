/// The built service, as an image holds it.
@NullMarked
package dev.vitrine.image;

import org.jspecify.annotations.NullMarked;
