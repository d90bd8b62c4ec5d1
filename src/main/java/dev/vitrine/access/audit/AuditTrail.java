package dev.vitrine.access.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps events: requests leave them in a queue, a thread of its own writes them. Threads may share it.
///
/// The queue is bounded. Where it is full, an event is lost and counted; or, if strict, the request waits until there
/// is
/// room, for as long as that takes: then nothing is answered that is not on record.
public final class AuditTrail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final int MOST_AT_ONCE = 1_000;

    /// Waking the writer for each event would cost a request more than all else about it.
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final AuditFiles files;
    private final boolean strict;
    private final int mostRecent;
    private final BlockingQueue<AuditEvent> waiting;
    private final Deque<AuditEvent> recent = new ArrayDeque<>();
    private final LongAdder written = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final Thread writer;
    private final CountDownLatch closing = new CountDownLatch(1);

    AuditTrail(AuditFiles files, boolean strict, int queue, int recent) {
        this.files = files;
        this.strict = strict;
        this.mostRecent = recent;
        this.waiting = new ArrayBlockingQueue<>(queue);
        this.writer = Thread.ofPlatform().name("audit").daemon().start(this::write);
    }

    /// Keeps an event; strict, it may wait for that.
    public void keep(AuditEvent event) {
        if (!strict) {
            if (!waiting.offer(event)) {
                lost.increment();
            }
            return;
        }
        try {
            waiting.put(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lost.increment();
        }
    }

    /// Events that were lost since the start.
    long lost() {
        return lost.sum();
    }

    /// Events that were written since the start.
    long written() {
        return written.sum();
    }

    /// Recent events, the newest first.
    List<AuditEvent> recent(Predicate<AuditEvent> wanted, int limit) {
        synchronized (recent) {
            return recent.stream().filter(wanted).limit(limit).toList();
        }
    }

    private void write() {
        List<AuditEvent> batch = new ArrayList<>(MOST_AT_ONCE);
        while (closing.getCount() > 0 || !waiting.isEmpty()) {
            if (waiting.drainTo(batch, MOST_AT_ONCE) == 0) {
                pause(PAUSE);
                continue;
            }
            remember(batch);
            append(batch);
            batch.clear();
        }
    }

    private void append(List<AuditEvent> batch) {
        boolean said = false;
        while (true) {
            try {
                files.append(AuditLines.of(batch));
                written.add(batch.size());
                return;
            } catch (IOException | RuntimeException e) {
                if (!said) {
                    LOG.error(
                            "Audit events cannot be written: {}. {}",
                            e,
                            strict ? "Requests wait until they can." : batch.size() + " are lost.");
                    said = true;
                }
                if (!strict || closing.getCount() == 0) {
                    lost.add(batch.size());
                    pause(AFTER_FAILURE);
                    return;
                }
                pause(AFTER_FAILURE);
            }
        }
    }

    private void remember(List<AuditEvent> batch) {
        synchronized (recent) {
            for (AuditEvent event : batch) {
                recent.addFirst(event);
                if (recent.size() > mostRecent) {
                    recent.removeLast();
                }
            }
        }
    }

    /// Not by an interrupt: that would close the file.
    private void pause(Duration time) {
        try {
            closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }

    /// Writes what is waiting.
    @Override
    public void close() throws IOException {
        closing.countDown();
        try {
            writer.join(LONGEST_CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        files.close();
    }
}
