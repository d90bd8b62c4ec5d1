/// Holds every exchange of the REST tests against the OpenAPI document of its product version: what is answered, and
/// what was asked where the answer is a success. Nothing has to be done for it in a test; `META-INF/spring.factories`
/// adds it to every application that Spring starts for one.
@NullMarked
package dev.vitrine.openapi;

import org.jspecify.annotations.NullMarked;
