/// Rows as the files hold them, made into changes of entities by the contract.
@NullMarked
package dev.vitrine.delta.rows;

import org.jspecify.annotations.NullMarked;
