/// What the store may charge in a day, and what is read once it is spent.
@NullMarked
package dev.vitrine.query.budget;

import org.jspecify.annotations.NullMarked;
