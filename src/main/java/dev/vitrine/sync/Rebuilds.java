package dev.vitrine.sync;

import dev.vitrine.delta.DeltaSnapshot;
import dev.vitrine.delta.Rows;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Origin;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.TableWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Loads a snapshot into a new generation beside the served one, and swaps it in when every row has arrived.
final class Rebuilds {

    private static final long PATIENCE_SECONDS = 5;

    private final StoredTable stored;
    private final TableWriter writer;
    private final long readAhead;
    private final Semaphore turns;
    private final StatusReports reports;
    private final SyncMeters meters;

    /// @param readAhead bytes that may lie between reading and writing
    /// @param turns how many tables may be loaded at the same time
    Rebuilds(
            StoredTable stored,
            TableWriter writer,
            long readAhead,
            Semaphore turns,
            StatusReports reports,
            SyncMeters meters) {
        this.stored = stored;
        this.writer = writer;
        this.readAhead = readAhead;
        this.turns = turns;
        this.reports = reports;
        this.meters = meters;
    }

    /// Loads the snapshot and serves it. False: it was not this table's turn; look again, because the snapshot grows
    /// old while waiting.
    boolean load(Step.Rebuild rebuild) throws InterruptedException {
        if (!turns.tryAcquire()) {
            reports.rebuilding(
                    "waits until other tables are loaded", rebuild.snapshot().version(), 0, 0, 0);
            if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return false;
            }
        }
        try {
            loadNow(rebuild);
            return true;
        } finally {
            turns.release();
        }
    }

    private void loadNow(Step.Rebuild rebuild) throws InterruptedException {
        DeltaSnapshot snapshot = rebuild.snapshot();
        Revision revision = new Revision(rebuild.epoch(), snapshot.version(), snapshot.commitTime());
        Progress progress = new Progress(stored.table().address(), rebuild, reports);
        try (GenerationWriter generation =
                        writer.rebuild(new Origin(snapshot.tableId(), revision, snapshot.commitFile()));
                ReadAhead<Batch> batches = new ReadAhead<>(
                        Thread.currentThread().getName() + "-read",
                        taken -> Batch.read(snapshot, taken),
                        batch -> FeedPart.weight(batch.rows()),
                        readAhead)) {
            for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
                Batch batch = next.get();
                generation.add(batch.rows());
                meters.wrote(batch.rows());
                progress.add(batch.rows().size(), batch.shareDone());
            }
            progress.sealing();
            long arrived = generation.seal().rows();
            if (arrived != progress.rows()) {
                throw new RowsLost(snapshot.version(), progress.rows(), arrived);
            }
            generation.swap();
        }
        progress.served();
        reports.withheld();
    }

    /// Some rows of a snapshot.
    ///
    /// @param shareDone of the snapshot's files, with this batch
    private record Batch(List<EntityChange> rows, double shareDone) {

        static void read(DeltaSnapshot snapshot, Predicate<Batch> taken) {
            try (Rows rows = snapshot.rows()) {
                boolean wanted = true;
                while (wanted && rows.hasNext()) {
                    wanted = taken.test(new Batch(rows.next(), rows.shareDone()));
                }
            }
        }
    }
}
