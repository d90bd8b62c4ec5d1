package dev.vitrine.store.embedded;

import dev.vitrine.store.KeptValues;
import dev.vitrine.store.StoreFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Removes from the folder of a table what is not needed any more.
record Tidying(EmbeddedWriter writer, Instant lettersBefore) {

    private static final Duration UNFINISHED_KEPT = Duration.ofMinutes(10);
    private static final int TOGETHER = 1000;

    void run() {
        removeGenerations();
        if (writer.table().coversLayout()) {
            boolean more;
            do {
                more = dismissOld();
            } while (more);
        }
        removeTraces();
    }

    private void removeGenerations() {
        Generations generations = writer.generations();
        generations.control().check(writer.token().number());
        long served = generations.control().served().orElse(0);
        Removal removal = generations.removal(writer.token());
        for (long number : generations.files().numbers()) {
            boolean unused =
                    number < served || number > served && !generations.filling().contains(number) && isOld(number);
            if (unused) {
                removal.remove(number);
            }
        }
    }

    private boolean isOld(long number) {
        Instant since = writer.table().clock().instant().minus(UNFINISHED_KEPT);
        return writer.generations().files().all(number).stream().allMatch(file -> isOlder(file, since));
    }

    private static boolean isOlder(Path file, Instant since) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(since);
        } catch (IOException e) {
            // it is not there, or not to be read and thus not to be removed either
            return true;
        }
    }

    /// Returns whether there may be more of them.
    private boolean dismissOld() {
        return writer.change("forget letters", (reads, database) -> {
            List<Long> ids = new ArrayList<>();
            try (ResultSet row = database.query(
                    "SELECT id FROM letter WHERE last_seen < ? LIMIT ?", KeptValues.micros(lettersBefore), TOGETHER)) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                }
            }
            Letters letters =
                    new Letters(database, reads.columns(), writer.table().clock());
            for (long id : ids) {
                letters.dismiss(id);
            }
            return ids.size() == TOGETHER;
        });
    }

    /// Deleted rows are overwritten in the files, but their logs keep what was there before.
    private void removeTraces() {
        writer.generations().control().tidy();
        Generation served = writer.generations().upToDate();
        if (served == null) {
            return;
        }
        try {
            served.removeTraces();
        } catch (SQLException e) {
            throw new StoreFailure("cannot tidy " + writer.token().address() + ": " + e.getMessage(), e);
        }
    }
}
