/// API keys: the credentials of simple clients, as good in every process as they are in one.
@NullMarked
package dev.vitrine.access.key;

import org.jspecify.annotations.NullMarked;
