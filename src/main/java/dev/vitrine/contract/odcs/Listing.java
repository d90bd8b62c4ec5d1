package dev.vitrine.contract.odcs;

import dev.vitrine.contract.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What one look at a folder of contracts found.
///
/// @param files the bytes of each contract by its path below the folder, with `/` between names
/// @param baselines likewise, of each `published.odcs.yaml`: what callers were promised
/// @param unreadable what is wrong with each file that is there and cannot be read, by path
/// @param unusable why nothing can be said about the contracts in it; null: it was listed whole
record Listing(
        Path folder,
        SortedMap<String, byte[]> files,
        SortedMap<String, byte[]> baselines,
        SortedMap<String, Problem> unreadable,
        @Nullable Problem unusable) {

    /// Looks at the folder.
    static Listing of(Path folder) {
        return new FolderWalk(folder).listing();
    }

    /// Where the file of that path lies.
    Path source(String path) {
        return folder.resolve(path);
    }

    /// The same for the same names, bytes and troubles only.
    String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, files);
            add(digest, baselines);
            add(digest, unreadable.toString().getBytes(StandardCharsets.UTF_8));
            add(digest, String.valueOf(unusable).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, SortedMap<String, byte[]> files) {
        files.forEach((path, bytes) -> {
            add(digest, path.getBytes(StandardCharsets.UTF_8));
            add(digest, bytes);
        });
    }

    private static void add(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }
}
