/// The page that shows people how a product keeps its promises.
@NullMarked
package dev.vitrine.catalog.status;

import org.jspecify.annotations.NullMarked;
