package dev.vitrine.store.embedded;

import dev.vitrine.store.StoreFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/// Removes generations that are not served. A writer that was stopped for long may find its generations in the hands of
/// a newer one; so a generation is first marked as retired, under its lock and if it is nobody else's, and never used
/// again by anybody after that.
record Removal(GenerationFiles files, Control control, Token token) {

    /// Removes a generation unless it is served, in use, or a newer writer's; returns whether it is gone.
    boolean remove(long number) {
        Path file = files.file(number);
        if (Files.exists(file) && !retire(file, number)) {
            return false;
        }
        files.delete(number);
        return true;
    }

    private boolean retire(Path file, long number) {
        try (Database database = Database.connect(file, Database.Mode.LOOK)) {
            return database.transaction(() -> {
                control.check(token.number());
                if (control.served().orElse(-1) == number) {
                    return false;
                }
                if (database.number("SELECT count(*) FROM sqlite_schema") == 0) {
                    // nobody has begun to fill it, and nobody can while it is locked; SQLite itself removes the rest
                    GenerationFiles.delete(file);
                    return true;
                }
                return database.change(
                                "UPDATE checkpoint SET retired = 1, token = ?1 WHERE token <= ?1", token.number())
                        == 1;
            });
        } catch (SQLException e) {
            if (Database.isBusy(e)) {
                return false;
            }
            if (Database.isDamaged(e)) {
                return true;
            }
            throw new StoreFailure("cannot remove " + file + ": " + e.getMessage(), e);
        }
    }
}
