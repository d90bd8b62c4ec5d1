package dev.vitrine.delta;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.kernel.KernelTables;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.hadoop.security.AccessControlException;

/// The real reader of Delta tables over a disk that fails on demand. Threads may share it.
///
/// ```java
/// FaultyTables tables = new FaultyTables();
/// tables.missing("_change_data");       // files and folders with this in their paths are not there …
/// tables.failing("part-", 2);           // … fail twice and then work …
/// tables.cut("00004.json", 100);        // … end too early …
/// tables.denied("_delta_log");          // … may not be read …
/// tables.slow("", Duration.ofMillis(20)); // … take their time,
/// tables.mend();                        // until they are mended
/// tables.watch(what -> { … });          // told before each step on the disk, and may throw: a kill is an Error
/// ```
public final class FaultyTables implements DeltaTables {

    private static final Map<String, FaultyTables> DISKS = new ConcurrentHashMap<>();

    /// What happens to a file whose path has a part.
    ///
    /// @param left how many times
    /// @param cut how many bytes it has
    private record Fault(String part, Kind kind, AtomicInteger left, long cut, Duration delay) {
        enum Kind {
            MISSING,
            DENIED,
            FAILING,
            CUT,
            SLOW
        }

        boolean strikes(String path) {
            return path.contains(part) && left.getAndUpdate(times -> Math.max(times - 1, 0)) > 0;
        }
    }

    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final AtomicLong steps = new AtomicLong();
    private volatile Consumer<String> watcher = step -> {};
    private volatile long failAt = -1;
    private final DeltaTables tables;

    public FaultyTables() {
        String disk = UUID.randomUUID().toString();
        DISKS.put(disk, this);
        tables = KernelTables.using(Map.of(
                "fs.file.impl",
                FaultyFileSystem.class.getName(),
                "fs.file.impl.disable.cache",
                "true",
                FaultyFileSystem.DISK,
                disk));
    }

    static FaultyTables of(String disk) {
        return Objects.requireNonNull(DISKS.get(disk));
    }

    @Override
    public DeltaTable open(GoldTable table) {
        return tables.open(table);
    }

    @Override
    public DeltaSchema schema(String location) {
        return tables.schema(location);
    }

    /// What has this in its path is not there.
    public void missing(String part) {
        add(part, Fault.Kind.MISSING, Integer.MAX_VALUE, 0, Duration.ZERO);
    }

    /// What has this in its path may not be read.
    public void denied(String part) {
        add(part, Fault.Kind.DENIED, Integer.MAX_VALUE, 0, Duration.ZERO);
    }

    /// What has this in its path cannot be opened or listed that many times, and then can.
    public void failing(String part, int times) {
        add(part, Fault.Kind.FAILING, times, 0, Duration.ZERO);
    }

    /// Files that have this in their paths end after some bytes.
    public void cut(String part, long bytes) {
        add(part, Fault.Kind.CUT, Integer.MAX_VALUE, bytes, Duration.ZERO);
    }

    /// The n-th step on the disk from now on fails, once.
    public void failingAt(long step) {
        failAt = steps.get() + step;
    }

    /// Each opening and listing of what has this in its path takes this long.
    public void slow(String part, Duration delay) {
        add(part, Fault.Kind.SLOW, Integer.MAX_VALUE, 0, delay);
    }

    /// No faults any more.
    public void mend() {
        faults.clear();
        failAt = -1;
    }

    /// Tells each step on the disk before it is done, such as `open /lake/t/part-0.parquet` and `list
    /// /lake/t/_delta_log`.
    ///
    /// @param watcher may throw; runs on the thread that reads
    public void watch(Consumer<String> watcher) {
        this.watcher = watcher;
    }

    /// How many steps there were on the disk so far.
    public long steps() {
        return steps.get();
    }

    private void add(String part, Fault.Kind kind, int times, long cut, Duration delay) {
        faults.add(new Fault(part, kind, new AtomicInteger(times), cut, delay));
    }

    /// Before something is done on the disk.
    void step(String what, String path) throws IOException {
        if (steps.incrementAndGet() == failAt) {
            throw new EOFException("Connection reset while reading " + path);
        }
        watcher.accept(what + " " + path);
        for (Fault fault : faults) {
            if (fault.kind() != Fault.Kind.CUT && fault.strikes(path)) {
                switch (fault.kind()) {
                    case MISSING -> throw new FileNotFoundException("File " + path + " does not exist");
                    case DENIED -> throw new AccessControlException("Permission denied: user=vitrine, path=" + path);
                    case FAILING -> throw new EOFException("Connection reset while reading " + path);
                    case SLOW -> sleep(fault.delay());
                    case CUT -> {}
                }
            }
        }
    }

    /// How long a file is.
    long length(String path, long real) {
        long length = real;
        for (Fault fault : faults) {
            if (fault.kind() == Fault.Kind.CUT && fault.strikes(path)) {
                length = Math.min(length, fault.cut());
            }
        }
        return length;
    }

    private static void sleep(Duration delay) throws IOException {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }
}
