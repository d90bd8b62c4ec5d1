package dev.vitrine.store.embedded;

import dev.vitrine.store.StoreFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Removes what is not needed any more from the folder of a table.
record Tidying(EmbeddedWriter writer, Instant lettersBefore) {

    private static final Duration UNFINISHED_KEPT = Duration.ofMinutes(10);
    private static final int TOGETHER = 1000;

    void run() {
        removeGenerations();
        Generation served = writer.generations().upToDate();
        if (served == null) {
            return;
        }
        while (dismissOld()) {}
        try {
            Database database = served.leaseWriter();
            database.truncateLog();
            served.releaseWriter(database);
        } catch (SQLException e) {
            throw new StoreFailure("cannot tidy " + writer.token().address() + ": " + e.getMessage(), e);
        }
    }

    private void removeGenerations() {
        long served = writer.generations().control().served().orElse(0);
        Removal removal = writer.generations().removal(writer.token());
        for (long number : writer.generations().files().numbers()) {
            if (number < served || number > served && number != writer.inUse() && isOld(number)) {
                removal.remove(number);
            }
        }
    }

    private boolean isOld(long number) {
        try {
            Instant changed = Files.getLastModifiedTime(
                            writer.generations().files().file(number))
                    .toInstant();
            return changed.isBefore(writer.table().clock().instant().minus(UNFINISHED_KEPT));
        } catch (IOException e) {
            return true;
        }
    }

    /// Returns whether there may be more of them.
    private boolean dismissOld() {
        return writer.change("forget letters", (reads, database) -> {
            List<Long> ids = new ArrayList<>();
            try (ResultSet row = database.query(
                    "SELECT id FROM letter WHERE last_seen < ? LIMIT ?", Encoding.micros(lettersBefore), TOGETHER)) {
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
}
