package dev.vitrine.graphql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The documents that the data team keeps in a folder beside the contract, found by the hash of their text. They may
/// come and go at run time. Threads may share it.
final class PersistedDocuments {

    private static final Logger LOG = LoggerFactory.getLogger(PersistedDocuments.class);
    private static final String PREFIX = "sha256:";
    private static final String SUFFIX = ".graphql";
    private static final long MOST_BYTES = 256 * 1024;
    private static final long PAUSE = Duration.ofSeconds(2).toNanos();

    private final Path folder;
    private final LongSupplier nanoTime;
    private volatile @Nullable Read read;

    /// @param folder need not be there
    /// @param nanoTime as [System#nanoTime()]
    PersistedDocuments(Path folder, LongSupplier nanoTime) {
        this.folder = folder;
        this.nanoTime = nanoTime;
    }

    /// One file, as it was when it was read.
    private record Version(Path file, long size, FileTime changed) {}

    private record Read(long at, List<Version> versions, Map<String, String> byId) {}

    /// The document of that id, `sha256:` and the hash of its bytes in lower-case hexadecimal; null if there is none.
    @Nullable
    String document(String id) {
        return documents().get(id);
    }

    /// Whether it is one of them, to the byte.
    boolean contains(String document) {
        return documents().containsKey(id(document.getBytes(StandardCharsets.UTF_8)));
    }

    static String id(byte[] document) {
        try {
            return PREFIX
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(document));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private Map<String, String> documents() {
        Read known = read;
        long now = nanoTime.getAsLong();
        if (known == null || now - known.at > PAUSE) {
            known = read(known, now);
            read = known;
        }
        return known.byId;
    }

    private Read read(@Nullable Read before, long now) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Version> versions = files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .map(PersistedDocuments::version)
                    .filter(Objects::nonNull)
                    .toList();
            if (before != null && before.versions.equals(versions)) {
                return new Read(now, versions, before.byId);
            }
            Map<String, String> byId = new HashMap<>();
            for (Version version : versions) {
                byte[] bytes = Files.readAllBytes(version.file());
                byId.put(id(bytes), new String(bytes, StandardCharsets.UTF_8));
            }
            return new Read(now, versions, byId);
        } catch (NoSuchFileException | NotDirectoryException none) {
            return new Read(now, List.of(), Map.of());
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The GraphQL documents in {} cannot be read; those that were read before stay", folder, e);
            return new Read(now, List.of(), before == null ? Map.of() : before.byId);
        }
    }

    /// Null for what is no document, or too large to be one.
    private static @Nullable Version version(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
                return null;
            }
            return new Version(file, Files.size(file), Files.getLastModifiedTime(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
