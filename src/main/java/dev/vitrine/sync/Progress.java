package dev.vitrine.sync;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far a rebuild is: shown every second, logged every ten, and at the end.
final class Progress {

    private static final Logger log = LoggerFactory.getLogger(Progress.class);
    private static final long SHOWN_EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final long LOGGED_EVERY = TimeUnit.SECONDS.toNanos(10);

    private final String address;
    private final Step.Rebuild rebuild;
    private final StatusReports reports;
    private final long started = System.nanoTime();
    private long shown = started;
    private long logged = started;
    private long rows;

    Progress(String address, Step.Rebuild rebuild, StatusReports reports) {
        this.address = address;
        this.rebuild = rebuild;
        this.reports = reports;
        log.info("{}: loading version {}: {}", address, version(), rebuild.reason());
        show(0);
    }

    /// Rows that were written so far.
    long rows() {
        return rows;
    }

    /// More rows are written.
    ///
    /// @param shareDone share of the files that are read
    void add(int more, double shareDone) {
        rows += more;
        long now = System.nanoTime();
        if (now - shown >= SHOWN_EVERY) {
            shown = now;
            show(shareDone);
        }
        if (now - logged >= LOGGED_EVERY) {
            logged = now;
            log.info(
                    "{}: loading version {}: {}, {} % of its files",
                    address, version(), pace(), (int) (shareDone * 100));
        }
    }

    /// All rows are written.
    void sealing() {
        show(1);
    }

    /// The new generation is served.
    void served() {
        log.info(
                "{}: loaded version {}: {}, {} s",
                address,
                version(),
                pace(),
                String.format(Locale.ROOT, "%.1f", seconds()));
    }

    private void show(double shareDone) {
        reports.rebuilding("is loaded because " + rebuild.reason(), version(), rows, rowsPerSecond(), shareDone);
    }

    private long version() {
        return rebuild.snapshot().version();
    }

    private String pace() {
        return String.format(Locale.ROOT, "%,d rows, %,.0f rows/s", rows, rowsPerSecond());
    }

    private double rowsPerSecond() {
        return rows / Math.max(seconds(), 0.001);
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }
}
