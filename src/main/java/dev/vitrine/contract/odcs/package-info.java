/// Reads contract files: YAML, checked against ODCS v3.1.0, to data products. Only the wiring names it.
@NamedInterface("odcs")
@NullMarked
package dev.vitrine.contract.odcs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
