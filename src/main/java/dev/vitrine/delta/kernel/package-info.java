/// Delta tables read with Delta Kernel: snapshots, commits one by one, files. Only the commands name it.
@NamedInterface("kernel")
@NullMarked
package dev.vitrine.delta.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
