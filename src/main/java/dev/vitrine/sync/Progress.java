package dev.vitrine.sync;

import dev.vitrine.store.SyncStatus.Load;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far a rebuild is: shown every second, logged every ten, and at the end. One thread at a time.
final class Progress {

    private static final Logger log = LoggerFactory.getLogger(Progress.class);
    private static final long SHOWN_EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final long LOGGED_EVERY = TimeUnit.SECONDS.toNanos(10);

    private final String address;
    private final String reason;
    private final long version;
    private final Instant begun;
    private final StatusReports reports;
    private final long rowsBefore;
    private final long started = System.nanoTime();
    private long shown = started;
    private long logged = started;
    private long rows;
    private double share;

    /// @param rowsBefore rows that a killed load left
    Progress(String address, String reason, long version, long rowsBefore, Instant begun, StatusReports reports) {
        this.address = address;
        this.reason = reason;
        this.version = version;
        this.rowsBefore = rowsBefore;
        this.rows = rowsBefore;
        this.begun = begun;
        this.reports = reports;
        log.info(
                "{}: {} version {}: {}",
                address,
                rowsBefore == 0 ? "loading" : "going on, after %,d rows, to load".formatted(rowsBefore),
                version,
                reason);
        show();
    }

    /// Rows that are in, with those of a killed load.
    long rows() {
        return rows;
    }

    /// More rows are written.
    ///
    /// @param shareDone share of the files that are read
    void add(int more, double shareDone) {
        rows += more;
        share = shareDone;
        long now = System.nanoTime();
        if (now - shown >= SHOWN_EVERY) {
            shown = now;
            show();
        }
        if (now - logged >= LOGGED_EVERY) {
            logged = now;
            log.info("{}: loading version {}: {}, {} % of its files", address, version, pace(), (int) (share * 100));
        }
    }

    /// All rows are written.
    void sealing() {
        share = 1;
        show();
    }

    /// The new generation is served.
    ///
    /// @param reached the version it has caught up with
    void served(long reached) {
        log.info(
                "{}: loaded version {}{}: {}, {} s",
                address,
                version,
                reached == version ? "" : ", followed to " + reached,
                pace(),
                String.format(Locale.ROOT, "%.1f", seconds()));
    }

    private void show() {
        reports.rebuilding("is loaded because " + reason, new Load(version, rows, rowsPerSecond(), share, begun));
    }

    private String pace() {
        return String.format(Locale.ROOT, "%,d rows, %,.0f rows/s", rows, rowsPerSecond());
    }

    private double rowsPerSecond() {
        return (rows - rowsBefore) / Math.max(seconds(), 0.001);
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }
}
