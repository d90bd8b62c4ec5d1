package dev.vitrine.delta.kernel;

import io.delta.kernel.utils.FileStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a commit file looked when its version was read. Its text, `<size>-<modified>-<commit time>`, is what others
/// keep: the commit time travels with it, so that the times of later commits never go back behind it.
record CommitFile(long size, long modified, long commitTime) {

    private static final Pattern TEXT = Pattern.compile("(\\d+)-(-?\\d+)-(-?\\d+)");

    static CommitFile of(FileStatus file, Instant commitTime) {
        return new CommitFile(file.getSize(), file.getModificationTime(), commitTime.toEpochMilli());
    }

    /// Reads its text; empty if it is not one.
    static Optional<CommitFile> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new CommitFile(
                        Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3))))
                : Optional.empty();
    }

    /// Whether a file looks the same.
    boolean isStill(FileStatus file) {
        return size == file.getSize() && modified == file.getModificationTime();
    }

    @Override
    public String toString() {
        return size + "-" + modified + "-" + commitTime;
    }
}
