/// Who read what: one event a request, to files and to whoever operates the service.
@NullMarked
package dev.vitrine.access.audit;

import org.jspecify.annotations.NullMarked;
