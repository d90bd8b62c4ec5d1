/// Commands that print to standard output and exit.
@ApplicationModule(
        allowedDependencies = {"contract", "contract :: compatibility", "contract :: odcs", "delta", "delta :: kernel"})
@NullMarked
package dev.vitrine.command;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
