package dev.vitrine.sync;

import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus;
import dev.vitrine.store.SyncStatus.Failure;
import dev.vitrine.store.SyncStatus.Hold;
import dev.vitrine.store.SyncStatus.Load;
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
/// that looking costs no write. Says changes for the worse in the log, once each. Threads may share it.
final class StatusReports {

    private static final Logger log = LoggerFactory.getLogger(StatusReports.class);
    private static final Duration REPEAT = Duration.ofSeconds(5);

    private final StoredTable stored;
    private final TableWriter writer;
    private final InstantSource clock;
    private SyncStatus last;
    private SyncStatus kept;
    private @Nullable Instant behindSince;
    private @Nullable Load load;
    private @Nullable Hold standing;
    private long deadLetters;
    private boolean silent = true;

    StatusReports(StoredTable stored, TableWriter writer, InstantSource clock) {
        this.stored = stored;
        this.writer = writer;
        this.clock = clock;
        this.last = stored.status();
        this.kept = last;
        this.behindSince = last.behindSince();
    }

    /// What was said last.
    synchronized SyncStatus last() {
        return last;
    }

    /// A commit, the oldest that is not served, was seen.
    synchronized void behindSince(Instant commitTime) {
        behindSince = commitTime;
    }

    /// This version is the newest one in Delta.
    synchronized void seen(long version) {
        last = new SyncStatus(
                last.state(),
                last.message(),
                version,
                behindSince,
                last.load(),
                last.hold(),
                last.lastFailure(),
                last.lastLook(),
                last.at());
    }

    /// A rebuild that an operator asked for is held, while what is served is followed; null: none is.
    synchronized void standing(@Nullable Hold hold) {
        standing = hold;
    }

    /// Looking fails, or newer versions are there of which the oldest is not known: counted from the last good look.
    synchronized void stale() {
        if (behindSince == null) {
            behindSince = last.lastLook();
        }
    }

    /// Everything up to the newest version is served.
    synchronized void upToDate(long latestVersion) {
        behindSince = null;
        following(latestVersion);
    }

    /// Catching up with the newest version. While a rebuild runs beside, that is what is said.
    synchronized void following(long latestVersion) {
        Instant now = clock.instant();
        if (load == null) {
            String message = standing == null ? null : Held.message(standing, stored);
            keep(status(State.FOLLOWING, message, latestVersion, standing, last.lastFailure(), now));
        } else {
            keep(status(State.REBUILDING, last.message(), latestVersion, null, last.lastFailure(), now));
        }
    }

    /// A rebuild has come this far.
    synchronized void rebuilding(String message, Load progress) {
        load = progress;
        keep(status(
                State.REBUILDING,
                message,
                Math.max(progress.version(), last.latestVersion()),
                null,
                last.lastFailure(),
                last.lastLook()));
    }

    /// No rebuild runs any more.
    synchronized void endRebuild() {
        load = null;
    }

    /// Held by a guard. A hold that was reported before keeps its time.
    synchronized void held(Hold hold, long latestVersion) {
        Hold before = last.hold();
        Hold shown = before != null && isSame(before, hold)
                ? new Hold(hold.guard(), hold.version(), hold.rebuild(), hold.reason(), before.since())
                : hold;
        keep(status(
                State.HELD, Held.message(shown, stored), latestVersion, shown, last.lastFailure(), clock.instant()));
    }

    private static boolean isSame(Hold one, Hold other) {
        return one.guard() == other.guard() && one.version() == other.version() && one.rebuild() == other.rebuild();
    }

    synchronized void waiting(String message) {
        keep(status(State.WAITING, message, -1, null, last.lastFailure(), last.lastLook()));
    }

    synchronized void failed(String message) {
        Failure failure = new Failure(message, clock.instant());
        keep(status(State.FAILED, message, last.latestVersion(), null, failure, last.lastLook()));
    }

    /// Says in the log when more rows are withheld than before.
    synchronized void withheld() {
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

    private SyncStatus status(
            State state,
            @Nullable String message,
            long latestVersion,
            @Nullable Hold hold,
            @Nullable Failure lastFailure,
            @Nullable Instant lastLook) {
        return new SyncStatus(
                state, message, latestVersion, behindSince, load, hold, lastFailure, lastLook, clock.instant());
    }

    private void keep(SyncStatus status) {
        boolean news = status.state() != last.state() || !Objects.equals(status.message(), last.message());
        // What another process said before this one is said again, once.
        if (news || silent) {
            silent = false;
            tell(status);
        }
        last = status;
        boolean due = kept.at().plus(REPEAT).isBefore(status.at());
        if (news
                || due
                || status.latestVersion() != kept.latestVersion()
                || (status.behindSince() == null) != (kept.behindSince() == null)
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
