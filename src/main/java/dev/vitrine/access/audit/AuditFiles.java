package dev.vitrine.access.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Files of lines: the next one is begun when one is long enough, and the oldest are deleted. Each process writes files
/// of
/// its own, so several may share a folder. One thread at a time.
final class AuditFiles implements AutoCloseable {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    /// A process that has little to write has no old file taken from under it.
    private static final Duration IN_USE = Duration.ofHours(1);

    private final Path folder;
    private final long longest;
    private final int most;
    private final boolean durable;
    private final InstantSource clock;
    private @Nullable FileChannel channel;
    private long length;

    /// @param longest length of a file in bytes, from which on the next is begun
    /// @param most files that are kept
    /// @param durable whether lines are on the disk when they are written
    AuditFiles(Path folder, long longest, int most, boolean durable, InstantSource clock) {
        this.folder = folder;
        this.longest = longest;
        this.most = most;
        this.durable = durable;
        this.clock = clock;
    }

    /// Appends whole lines.
    void append(ByteBuffer lines) throws IOException {
        FileChannel open = channel;
        if (open == null || length >= longest) {
            open = next();
        }
        length += lines.remaining();
        try {
            while (lines.hasRemaining()) {
                open.write(lines);
            }
            if (durable) {
                open.force(false);
            }
        } catch (IOException e) {
            // The next attempt begins a file: this one may end in half a line.
            close();
            throw e;
        }
    }

    private FileChannel next() throws IOException {
        close();
        Files.createDirectories(folder);
        Path file = folder.resolve("audit-%s-%d.jsonl"
                .formatted(TIME.format(clock.instant()), ProcessHandle.current().pid()));
        FileChannel opened =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        channel = opened;
        length = opened.size();
        deleteOldest(file);
        return opened;
    }

    private void deleteOldest(Path current) throws IOException {
        List<Kept> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(AuditFiles::isOurs).toList()) {
                files.add(new Kept(file, Files.getLastModifiedTime(file)));
            }
        }
        files.sort(Comparator.comparing(Kept::written).thenComparing(Kept::file));
        FileTime idle = FileTime.from(clock.instant().minus(IN_USE));
        int tooMany = files.size() - most;
        for (Kept kept : files) {
            boolean mayGo = isOfThisProcess(kept.file()) || kept.written().compareTo(idle) < 0;
            if (tooMany > 0 && mayGo && !kept.file().equals(current)) {
                Files.deleteIfExists(kept.file());
                tooMany--;
            }
        }
    }

    private record Kept(Path file, FileTime written) {}

    private static boolean isOurs(Path file) {
        return file.getFileName().toString().matches("audit-.*\\.jsonl");
    }

    private static boolean isOfThisProcess(Path file) {
        return file.getFileName()
                .toString()
                .endsWith("-" + ProcessHandle.current().pid() + ".jsonl");
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        if (open != null) {
            channel = null;
            open.close();
        }
    }
}
