/// What every request passes before any door is asked: addresses, credentials, headers of every answer.
@NullMarked
package dev.vitrine.access.web;

import org.jspecify.annotations.NullMarked;
