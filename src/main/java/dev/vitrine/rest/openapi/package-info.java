/// The OpenAPI document of each product version, made from its contract.
@NullMarked
package dev.vitrine.rest.openapi;

import org.jspecify.annotations.NullMarked;
