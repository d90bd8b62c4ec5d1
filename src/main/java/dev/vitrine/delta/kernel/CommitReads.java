package dev.vitrine.delta.kernel;

import dev.vitrine.delta.kernel.KernelInternals.Actions;
import dev.vitrine.delta.rows.ChangeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which files to read to learn what a commit did to rows.
final class CommitReads {

    private CommitReads() {}

    /// Change files alone where the commit has any. Otherwise added files are inserts and removed ones deletes, and a
    /// path that is both only changed its deletion vector.
    ///
    /// @param before the table before the commit: removed files were written under it
    /// @param after the table with the commit
    static List<FileRead> of(Actions actions, TableState before, TableState after) {
        if (!actions.told().isEmpty()) {
            return actions.told().stream()
                    .<FileRead>map(file -> new FileRead.Told(file, after))
                    .toList();
        }
        Map<String, DataFile> removed = new HashMap<>();
        actions.removed().forEach(remove -> removed.put(remove.path(), remove.file()));
        List<FileRead> reads = new ArrayList<>();
        for (Actions.Added add : actions.added()) {
            DataFile earlier = removed.remove(add.path());
            reads.add(
                    earlier == null
                            ? new FileRead.Whole(add.file(), after, ChangeType.INSERT)
                            : new FileRead.Revised(add.file(), after, earlier));
        }
        removed.values().forEach(file -> reads.add(new FileRead.Whole(file, before, ChangeType.DELETE)));
        return reads;
    }
}
