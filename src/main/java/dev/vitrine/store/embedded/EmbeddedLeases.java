package dev.vitrine.store.embedded;

import dev.vitrine.store.KeptValues;
import dev.vitrine.store.Lease;
import dev.vitrine.store.Leases;
import dev.vitrine.store.StoreFailure;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `leases.db`, a file of its own so that a lease never waits for data. Processes on one machine share it, and its
/// clock.
final class EmbeddedLeases implements Leases, AutoCloseable {

    private final Path file;
    private final Clock clock;
    private final Database database;

    EmbeddedLeases(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
        this.database = Database.open(file, Database.Mode.CREATE);
        try {
            database.execute(
                    "CREATE TABLE IF NOT EXISTS lease (name TEXT PRIMARY KEY, holder TEXT NOT NULL, token INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID",
                    "PRAGMA user_version=" + Database.FORMAT);
        } catch (SQLException e) {
            database.close();
            throw failure("prepare", e);
        }
    }

    @Override
    public synchronized Optional<Lease> acquire(String name, String holder, Duration term) {
        try {
            return database.transaction(() -> {
                Instant now = clock.instant();
                Lease last = read(name);
                boolean runs = last != null && last.until().isAfter(now);
                if (last != null && runs && !last.holder().equals(holder)) {
                    return Optional.<Lease>empty();
                }
                long token = last != null && runs ? last.token() : next(last, now);
                Lease lease = new Lease(name, holder, token, until(now, term));
                database.change(
                        "INSERT OR REPLACE INTO lease (name, holder, token, until) VALUES (?, ?, ?, ?)",
                        name,
                        holder,
                        token,
                        KeptValues.micros(lease.until()));
                return Optional.of(lease);
            });
        } catch (SQLException e) {
            throw failure("take the lease " + name + " in", e);
        }
    }

    /// Not below the time: tokens grow on even if this file was lost, and the tables have seen the old ones.
    private static long next(@Nullable Lease last, Instant now) {
        return Math.max(last == null ? 1 : last.token() + 1, now.toEpochMilli());
    }

    private static Instant until(Instant now, Duration term) {
        return KeptValues.instant(KeptValues.micros(now.plus(term)));
    }

    @Override
    public synchronized Optional<Lease> renew(Lease lease, Duration term) {
        Lease renewed = new Lease(lease.name(), lease.holder(), lease.token(), until(clock.instant(), term));
        // what was released has its end in the past of all times
        String sql = "UPDATE lease SET until = ? WHERE name = ? AND holder = ? AND token = ? AND until > ?";
        try {
            int renewals = database.change(
                    sql,
                    KeptValues.micros(renewed.until()),
                    lease.name(),
                    lease.holder(),
                    lease.token(),
                    Long.MIN_VALUE);
            return renewals == 1 ? Optional.of(renewed) : Optional.empty();
        } catch (SQLException e) {
            throw failure("renew the lease " + lease.name() + " in", e);
        }
    }

    @Override
    public synchronized void release(Lease lease) {
        try {
            database.change(
                    "UPDATE lease SET until = ? WHERE name = ? AND holder = ? AND token = ?",
                    Long.MIN_VALUE,
                    lease.name(),
                    lease.holder(),
                    lease.token());
        } catch (SQLException e) {
            throw failure("release the lease " + lease.name() + " in", e);
        }
    }

    @Override
    public synchronized Optional<Lease> current(String name) {
        try {
            return Optional.ofNullable(read(name)).filter(lease -> lease.until().isAfter(clock.instant()));
        } catch (SQLException e) {
            throw failure("read the lease " + name + " from", e);
        }
    }

    private @Nullable Lease read(String name) throws SQLException {
        try (ResultSet row = database.query("SELECT holder, token, until FROM lease WHERE name = ?", name)) {
            return row.next()
                    ? new Lease(name, row.getString(1), row.getLong(2), KeptValues.instant(row.getLong(3)))
                    : null;
        }
    }

    private StoreFailure failure(String operation, SQLException e) {
        return new StoreFailure("cannot " + operation + " " + file + ": " + e.getMessage(), e);
    }

    @Override
    public synchronized void close() {
        database.close();
    }
}
