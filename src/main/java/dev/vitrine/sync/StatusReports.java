package dev.vitrine.sync;

import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus;
import dev.vitrine.store.SyncStatus.State;
import dev.vitrine.store.TableWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the store told what the worker does with one table: at once when that changes, else every few seconds, so
/// that looking costs no write. Says changes for the worse in the log, once each.
final class StatusReports {

    private static final Logger log = LoggerFactory.getLogger(StatusReports.class);
    private static final Duration REPEAT = Duration.ofSeconds(5);

    private final StoredTable stored;
    private final TableWriter writer;
    private final InstantSource clock;
    private SyncStatus last = SyncStatus.unknown();
    private SyncStatus kept = last;
    private long deadLetters;

    StatusReports(StoredTable stored, TableWriter writer, InstantSource clock) {
        this.stored = stored;
        this.writer = writer;
        this.clock = clock;
    }

    /// Up to date, or catching up with `latestVersion`.
    void following(long latestVersion) {
        report(State.FOLLOWING, null, latestVersion, clock.instant());
    }

    /// A rebuild has come this far.
    void rebuilding(String reason, long version, long rows, double rowsPerSecond, double shareDone) {
        Instant now = clock.instant();
        SyncStatus.Load load = new SyncStatus.Load(version, rows, rowsPerSecond, shareDone, now);
        keep(new SyncStatus(State.REBUILDING, reason, version, null, load, null, null, last.lastLook(), now));
    }

    void held(String message, long latestVersion) {
        report(State.HELD, message, latestVersion, clock.instant());
    }

    void waiting(String message) {
        report(State.WAITING, message, -1, last.lastLook());
    }

    void failed(String message) {
        report(State.FAILED, message, last.latestVersion(), last.lastLook());
    }

    /// Says in the log when more rows are withheld than before.
    void withheld() {
        long count = stored.deadLetterCount();
        if (count > deadLetters) {
            stored.deadLetters(Long.MAX_VALUE, 1)
                    .forEach(letter -> log.warn(
                            "{}: rows that cannot be served, kept as dead letters: {}; the newest, of version {}: {}, {}",
                            stored.table().address(),
                            count,
                            letter.version(),
                            letter.reason(),
                            letter.detail()));
        }
        deadLetters = count;
    }

    private void report(State state, @Nullable String message, long latestVersion, @Nullable Instant lastLook) {
        keep(new SyncStatus(state, message, latestVersion, null, null, null, null, lastLook, clock.instant()));
    }

    private void keep(SyncStatus status) {
        boolean news = status.state() != last.state() || !Objects.equals(status.message(), last.message());
        if (news) {
            tell(status);
        }
        last = status;
        boolean due = kept.at().plus(REPEAT).isBefore(status.at());
        if (news
                || due
                || status.latestVersion() != kept.latestVersion()
                || !Objects.equals(status.load(), kept.load())) {
            writer.report(status);
            kept = status;
        }
    }

    private void tell(SyncStatus status) {
        String address = stored.table().address();
        switch (status.state()) {
            case WAITING, HELD, FAILED -> log.warn("{}: {}", address, status.message());
            case FOLLOWING -> {
                // The end of a rebuild was said with its figures.
                if (last.state() != State.REBUILDING) {
                    log.info("{}: following at version {}", address, status.latestVersion());
                }
            }
            case REBUILDING, UNKNOWN -> {}
        }
    }
}
