package dev.vitrine.store.embedded;

import dev.vitrine.store.Measured;
import dev.vitrine.store.Measured.Step;
import dev.vitrine.store.Measurements;
import dev.vitrine.store.StoreFailure;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// `measured.db`: a row a subject and step. Processes share it.
final class EmbeddedMeasurements implements Measurements, AutoCloseable {

    private final Path file;
    private final Database database;

    EmbeddedMeasurements(Path file) {
        this.file = file;
        this.database = Database.open(file, Database.Mode.CREATE);
        try {
            database.execute(
                    "CREATE TABLE IF NOT EXISTS measured (subject TEXT NOT NULL, step TEXT NOT NULL, at INTEGER NOT NULL, counts TEXT NOT NULL, worst REAL NOT NULL, PRIMARY KEY (subject, step, at)) WITHOUT ROWID",
                    "PRAGMA user_version=" + Database.FORMAT);
        } catch (SQLException e) {
            database.close();
            throw failure("prepare", e);
        }
    }

    @Override
    public synchronized void add(List<Measured> measured) {
        try {
            database.transaction(() -> {
                for (Measured more : measured) {
                    put(read(more.subject(), more.step(), "at = ?", more.at()).stream()
                            .reduce(more, Measured::and));
                }
            });
        } catch (SQLException e) {
            throw failure("add to", e);
        }
    }

    @Override
    public synchronized List<Measured> of(String subject, Step step, Instant from) {
        try {
            return read(subject, step, "at >= ? ORDER BY at", from);
        } catch (SQLException e) {
            throw failure("read " + subject + " from", e);
        }
    }

    @Override
    public synchronized void tidy(Instant now) {
        try {
            database.transaction(() -> {
                for (Step step : Step.values()) {
                    database.change(
                            "DELETE FROM measured WHERE step = ? AND at < ?",
                            step.name(),
                            now.minus(step.kept()).getEpochSecond());
                }
            });
        } catch (SQLException e) {
            throw failure("tidy", e);
        }
    }

    private void put(Measured measured) throws SQLException {
        database.change(
                "INSERT OR REPLACE INTO measured (subject, step, at, counts, worst) VALUES (?, ?, ?, ?, ?)",
                measured.subject(),
                measured.step().name(),
                measured.at().getEpochSecond(),
                measured.counts().stream().map(String::valueOf).collect(Collectors.joining(",")),
                measured.worst());
    }

    private List<Measured> read(String subject, Step step, String when, Instant at) throws SQLException {
        List<Measured> found = new ArrayList<>();
        try (ResultSet row = database.query(
                "SELECT at, counts, worst FROM measured WHERE subject = ? AND step = ? AND " + when,
                subject,
                step.name(),
                at.getEpochSecond())) {
            while (row.next()) {
                found.add(new Measured(
                        subject,
                        step,
                        Instant.ofEpochSecond(row.getLong(1)),
                        Arrays.stream(row.getString(2).split(","))
                                .filter(count -> !count.isEmpty())
                                .map(Long::valueOf)
                                .toList(),
                        row.getDouble(3)));
            }
        }
        return found;
    }

    private StoreFailure failure(String operation, SQLException e) {
        return new StoreFailure("cannot " + operation + " " + file + ": " + e.getMessage(), e);
    }

    @Override
    public synchronized void close() {
        database.close();
    }
}
