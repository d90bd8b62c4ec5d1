package dev.vitrine.store.embedded;

import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.WriterFenced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder of one table: `control.db` and one `generation-<n>.db` for the served load, beside it those that are
/// being filled. Threads may share it.
final class Generations implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Generations.class);

    /// A process that is killed just after it swapped has told nobody: the others look for themselves now and then.
    private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final GenerationFiles files;
    private final String address;
    private final Control control;
    private final Set<Long> filling = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Generation served;
    private volatile long looked = System.nanoTime();

    /// @param address of the table
    Generations(Path folder, String address) {
        this.files = new GenerationFiles(folder);
        this.address = address;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StoreFailure("cannot create " + folder, e);
        }
        this.control = new Control(files, address);
    }

    Control control() {
        return control;
    }

    GenerationFiles files() {
        return files;
    }

    /// Numbers of the generations that this process is filling, whichever of its writers does.
    Set<Long> filling() {
        return filling;
    }

    /// What is served now; null before the first rebuild.
    @Nullable
    Generation served() {
        Generation known = served;
        if (known == null) {
            return refresh(null);
        }
        return System.nanoTime() - looked > LOOK_EVERY ? upToDate() : known;
    }

    /// What all processes serve now, whatever this one saw last.
    synchronized @Nullable Generation upToDate() {
        looked = System.nanoTime();
        Generation known = served;
        OptionalLong number = control.served();
        boolean moved = known == null || number.isEmpty() || known.number() != number.getAsLong();
        return moved ? refresh(known) : known;
    }

    /// Looks again, because `gone` was found retired or closed: another process may have swapped.
    synchronized @Nullable Generation refresh(@Nullable Generation gone) {
        Generation known = served;
        if (known != gone) {
            return known;
        }
        OptionalLong number = control.served();
        if (gone != null && number.isPresent() && gone.number() == number.getAsLong()) {
            return known;
        }
        if (gone != null) {
            gone.close();
        }
        if (number.isEmpty()) {
            served = null;
            return null;
        }
        Path file = files.file(number.getAsLong());
        // somebody removed it to have the table loaded again
        Generation next = Files.exists(file) ? Generation.open(file) : null;
        served = next;
        return next;
    }

    /// Serves a sealed generation from now on. Readers of the one before finish what they began.
    synchronized void swap(Generation next, Token token) {
        Generation old = upToDate();
        control.serve(next.number(), token.number());
        served = next;
        if (old != null) {
            old.close();
            remove(old, token);
        }
    }

    /// Tells the readers of other processes, too, which have the file open. What goes wrong here changes nothing about
    /// what is served, and is made up for by the next [dev.vitrine.store.TableWriter#tidy].
    private void remove(Generation old, Token token) {
        try {
            removal(token).remove(old.number());
        } catch (StoreFailure | WriterFenced e) {
            log.info("{}: generation {} cannot be removed yet: {}", token.address(), old.number(), e.getMessage());
        }
    }

    /// Serves nothing from now on, and removes all there is; returns whether nothing is left. What somebody is using is
    /// left for the next time. The small `control.db` stays: it knows the newest token, and no row.
    synchronized boolean erase(long number) {
        Token token = new Token(number, address, control);
        control.forget(number);
        Generation open = served;
        served = null;
        if (open != null) {
            open.close();
        }
        Removal removal = removal(token);
        boolean gone = true;
        for (long generation : files.numbers()) {
            gone &= removal.remove(generation);
        }
        control.tidy();
        return gone;
    }

    Removal removal(Token token) {
        return new Removal(files, control, token);
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
