/// Clients generated from the published OpenAPI documents.
@NullMarked
package dev.vitrine.sdk;

import org.jspecify.annotations.NullMarked;
