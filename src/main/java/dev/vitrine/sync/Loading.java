package dev.vitrine.sync;

import dev.vitrine.delta.DeltaSnapshot;
import dev.vitrine.delta.Rows;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Kept;
import dev.vitrine.store.Sealed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/// Fills a generation from a snapshot on a thread of its own, so that the served generation can be followed meanwhile.
/// Goes on where a killed load stopped.
final class Loading implements AutoCloseable {

    private final DeltaSnapshot snapshot;
    private final GenerationWriter generation;
    private final long readAhead;
    private final SyncMeters meters;
    private final Progress progress;
    private final FutureTask<Sealed> task = new FutureTask<>(this::load);
    private final Thread thread;

    /// Starts loading.
    ///
    /// @param readAhead bytes that may lie between reading and writing
    Loading(DeltaSnapshot snapshot, GenerationWriter generation, long readAhead, SyncMeters meters, Progress progress) {
        this.snapshot = snapshot;
        this.generation = generation;
        this.readAhead = readAhead;
        this.meters = meters;
        this.progress = progress;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name(Thread.currentThread().getName() + "-load")
                .start(task);
    }

    /// Waits for the end of the load; empty if it takes longer.
    ///
    /// @throws RuntimeException what made the load fail
    Optional<Sealed> await(Duration patience) throws InterruptedException {
        try {
            return Optional.of(task.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException later) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            if (failed.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            throw new IllegalStateException(failed);
        }
    }

    /// Ends the load, wherever it is, and waits until it has let go of the generation.
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Sealed load() throws InterruptedException {
        Kept kept = generation.kept();
        if (!kept.sealed()) {
            add(kept.files());
        }
        progress.sealing();
        Sealed sealed = generation.seal();
        long expected = kept.sealed() ? sealed.rows() : progress.rows();
        requireAll(expected, sealed.rows());
        snapshot.rowCount().ifPresent(counted -> requireAll(counted, sealed.rows()));
        return sealed;
    }

    private void add(int skipped) throws InterruptedException {
        int done = skipped;
        try (ReadAhead<Batch> batches = new ReadAhead<>(
                Thread.currentThread().getName() + "-read",
                taken -> Batch.read(snapshot, skipped, taken),
                batch -> FeedPart.weight(batch.rows()),
                readAhead)) {
            for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
                Batch batch = next.get();
                generation.add(batch.rows());
                if (batch.filesDone() > done) {
                    done = batch.filesDone();
                    generation.keep(done);
                }
                meters.wrote(batch.rows());
                progress.add(batch.rows().size(), batch.shareDone());
            }
        }
    }

    private void requireAll(long expected, long arrived) {
        if (expected != arrived) {
            throw new RowsLost(snapshot.version(), expected, arrived);
        }
    }

    /// Some rows of a snapshot.
    ///
    /// @param filesDone files that are read to their end, with this batch
    /// @param shareDone of the snapshot's files, with this batch
    private record Batch(List<EntityChange> rows, int filesDone, double shareDone) {

        static void read(DeltaSnapshot snapshot, int skipped, Predicate<Batch> taken) {
            try (Rows rows = snapshot.rows(skipped)) {
                boolean wanted = true;
                while (wanted && rows.hasNext()) {
                    List<EntityChange> batch = rows.next();
                    wanted = taken.test(new Batch(batch, rows.filesDone(), rows.shareDone()));
                }
            }
        }
    }
}
