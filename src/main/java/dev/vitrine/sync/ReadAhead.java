package dev.vitrine.sync;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Runs a source on a thread of its own, so that reading overlaps with what the caller does with the items. They
/// arrive in the order they were read. The source waits while items of more than a given weight lie ready, so that
/// memory stays bounded; an item that is heavier than that passes alone.
///
/// One thread takes and closes.
final class ReadAhead<T> implements AutoCloseable {

    /// Where the items come from. Runs on the reading thread, opens and closes what it reads there.
    interface Source<T> {

        /// Hands every item to `taken`, until that returns false: then nobody wants more.
        void read(Predicate<T> taken);
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<T> ready = new ArrayDeque<>();
    private final ToLongFunction<T> weigher;
    private final long capacity;
    private final Thread reader;
    private long weight;
    private boolean ended;
    private boolean abandoned;
    private @Nullable Throwable failure;

    /// Starts reading.
    ///
    /// @param name of the reading thread
    /// @param capacity how much may lie ready, in the unit of `weigher`
    ReadAhead(String name, Source<T> source, ToLongFunction<T> weigher, long capacity) {
        this.weigher = weigher;
        this.capacity = capacity;
        this.reader = Thread.ofPlatform().daemon().name(name).start(() -> run(source));
    }

    /// The next item, waiting for it; empty at the end. What the source threw is thrown here, after the items before
    /// it.
    Optional<T> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (ready.isEmpty() && !ended) {
                changed.await();
            }
            T item = ready.poll();
            if (item == null) {
                rethrow();
                return Optional.empty();
            }
            weight -= weigher.applyAsLong(item);
            changed.signalAll();
            return Optional.of(item);
        } finally {
            lock.unlock();
        }
    }

    /// Ends the source, wherever it is, and waits until it has closed what it reads.
    @Override
    public void close() {
        lock.lock();
        try {
            abandoned = true;
            ready.clear();
            changed.signalAll();
            if (!ended) {
                reader.interrupt();
            }
        } finally {
            lock.unlock();
        }
        awaitReader();
    }

    private void awaitReader() {
        boolean interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // Whatever ends the source, an Error too, has to reach the taker: it would wait forever otherwise.
    private void run(Source<T> source) {
        Throwable thrown = null;
        try {
            source.read(this::put);
        } catch (Throwable cause) {
            thrown = cause;
        }
        lock.lock();
        try {
            failure = thrown;
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean put(T item) {
        long added = weigher.applyAsLong(item);
        lock.lock();
        try {
            while (!abandoned && !ready.isEmpty() && weight + added > capacity) {
                changed.await();
            }
            if (abandoned) {
                return false;
            }
            ready.add(item);
            weight += added;
            changed.signalAll();
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void rethrow() {
        switch (failure) {
            case null -> {}
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            case Throwable other -> throw new IllegalStateException("A source threw a checked exception", other);
        }
    }
}
