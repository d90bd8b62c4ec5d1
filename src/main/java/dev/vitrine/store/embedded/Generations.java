package dev.vitrine.store.embedded;

import dev.vitrine.store.StoreFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folder of one table: `control.db` and one `generation-<n>.db` for the served load, beside it the one that is
/// being filled. Threads may share it.
final class Generations implements AutoCloseable {

    private final Path folder;
    private final Control control;
    private final AtomicBoolean writing = new AtomicBoolean();
    private final AtomicBoolean rebuilding = new AtomicBoolean();
    private volatile @Nullable Generation served;
    private @Nullable FileChannel rebuildLock;

    Generations(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StoreFailure("cannot create " + folder, e);
        }
        this.control = new Control(folder.resolve("control.db"));
    }

    Control control() {
        return control;
    }

    /// What is served now; null before the first rebuild.
    @Nullable
    Generation served() {
        Generation known = served;
        return known != null ? known : refresh(null);
    }

    /// Looks again, because `gone` was found retired or closed: another process may have swapped.
    synchronized @Nullable Generation refresh(@Nullable Generation gone) {
        Generation known = served;
        if (known != gone) {
            return known;
        }
        OptionalLong number = control.served();
        if (number.isEmpty() || gone != null && gone.number() == number.getAsLong()) {
            return known;
        }
        if (gone != null) {
            gone.close();
        }
        Path file = file(number.getAsLong());
        // somebody removed it to have the table loaded again
        Generation next = Files.exists(file) ? Generation.open(file) : null;
        served = next;
        return next;
    }

    Path file(long number) {
        return folder.resolve("generation-" + number + ".db");
    }

    /// @throws IllegalStateException if there is one already: two would undo each other's work
    void startWriting() {
        if (!writing.compareAndSet(false, true)) {
            throw new IllegalStateException("changes are being applied to " + folder + " already");
        }
    }

    void endWriting() {
        writing.set(false);
    }

    /// Removes what earlier rebuilds left behind; returns the number of the next generation.
    ///
    /// @throws IllegalStateException if this process is at it already
    /// @throws StoreFailure if another process is
    long startRebuild() {
        if (!rebuilding.compareAndSet(false, true)) {
            throw new IllegalStateException("a rebuild of " + folder + " is running already");
        }
        try {
            lockRebuild();
            long current = control.served().orElse(0);
            clearExcept(current);
            return current + 1;
        } catch (IOException e) {
            endRebuild();
            throw new StoreFailure("cannot clear unfinished rebuilds from " + folder, e);
        } catch (RuntimeException e) {
            endRebuild();
            throw e;
        }
    }

    /// Two processes would fill, and remove, files of the same name. The lock ends with the process that holds it.
    private void lockRebuild() throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("rebuild.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        rebuildLock = channel;
        boolean locked;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        }
        if (!locked) {
            throw new StoreFailure("another process is loading " + folder + " already");
        }
    }

    private void clearExcept(long current) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            String kept = file(current).getFileName().toString();
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("generation-") && !name.startsWith(kept)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    void endRebuild() {
        FileChannel lock = rebuildLock;
        rebuildLock = null;
        rebuilding.set(false);
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                throw new StoreFailure("cannot release the lock on rebuilds of " + folder, e);
            }
        }
    }

    /// Serves a complete and closed file from now on. Readers of the one before finish what they began.
    synchronized void swap(long number) {
        startWriting();
        try {
            force(file(number));
            Generation next = Generation.open(file(number));
            // from now on readers of the file see whole transactions
            next.writer();
            Generation old = upToDate();
            control.serve(number);
            served = next;
            if (old != null) {
                retire(old);
            }
        } finally {
            endWriting();
        }
    }

    /// What all processes serve now, whatever this one saw last.
    private @Nullable Generation upToDate() {
        Generation known = served();
        boolean moved = known != null && known.number() != control.served().orElse(known.number());
        return moved ? refresh(known) : known;
    }

    /// Tells the readers of other processes, which have the file open, then removes it.
    private void retire(Generation old) {
        try {
            old.writer().change("UPDATE checkpoint SET retired = 1");
        } catch (SQLException e) {
            throw new StoreFailure("cannot retire " + old.file() + ": " + e.getMessage(), e);
        }
        old.close();
        delete(old.file());
    }

    void delete(Path file) {
        for (String suffix : List.of("", "-journal", "-wal", "-shm")) {
            try {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
            } catch (IOException e) {
                throw new StoreFailure("cannot delete " + file + suffix, e);
            }
        }
    }

    private static void force(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            throw new StoreFailure("cannot bring " + file + " to the disk", e);
        }
    }

    @Override
    public synchronized void close() {
        Generation open = served;
        if (open != null) {
            open.close();
        }
        control.close();
    }
}
