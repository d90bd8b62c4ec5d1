/// Gold Delta Lake tables as data products that applications can call.
@NullMarked
package dev.vitrine;

import org.jspecify.annotations.NullMarked;
