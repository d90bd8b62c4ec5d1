package dev.vitrine.delta.kernel;

import dev.vitrine.delta.FeedUnavailable;
import dev.vitrine.delta.TableMissing;
import dev.vitrine.delta.TableUnreadable;
import io.delta.kernel.exceptions.StartVersionNotFoundException;
import io.delta.kernel.exceptions.TableNotFoundException;
import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Says what went wrong with one table, in statements that name it.
///
/// @param table how people call it
/// @param path where it is
record Failures(String table, String path) {

    TableMissing missing(@Nullable Throwable cause) {
        return new TableMissing(
                "There is no Delta table %s at %s (yet): no commit in _delta_log".formatted(table, path), cause);
    }

    FeedUnavailable feed(String why, @Nullable Throwable cause) {
        return new FeedUnavailable(
                "The change feed of table %s at %s cannot be read: %s".formatted(table, path, why), cause);
    }

    TableUnreadable unreadable(long version, String why) {
        return new TableUnreadable(
                "Table %s at %s, version %d, cannot be read: %s".formatted(table, path, version, why), null);
    }

    TableUnreadable emptyCommit(long version, String file) {
        return unreadable(version, "its commit file %s is empty (being written?)".formatted(file));
    }

    /// The log could not be read.
    ///
    /// @param version null: the newest one
    RuntimeException reading(@Nullable Long version, Throwable failure) {
        return reading(version, null, failure);
    }

    /// The log could not be read.
    ///
    /// @param version null: the newest one
    /// @param file where it is known
    RuntimeException reading(@Nullable Long version, @Nullable String file, Throwable failure) {
        return switch (failure) {
            case TableMissing stated -> stated;
            case TableUnreadable stated -> stated;
            case FeedUnavailable stated -> stated;
            case TableNotFoundException none -> missing(none);
            case StartVersionNotFoundException cleaned ->
                feed("its log was cleaned up and no longer reaches back to version " + version, cleaned);
            default ->
                new TableUnreadable(
                        "The log of table %s at %s%s%s cannot be read: %s"
                                .formatted(
                                        table,
                                        path,
                                        version == null ? "" : ", version " + version,
                                        file == null ? "" : ", file " + file,
                                        why(failure)),
                        failure);
        };
    }

    /// A data file of a snapshot, or of a commit, could not be read.
    RuntimeException file(long version, String file, boolean ofFeed, Throwable failure) {
        if (ofFeed && isMissingFile(failure)) {
            return feed("version %d needs the file %s, which is gone (vacuumed?)".formatted(version, file), failure);
        }
        return new TableUnreadable(
                "Table %s at %s, version %d: file %s cannot be read: %s"
                        .formatted(table, path, version, file, why(failure)),
                failure);
    }

    private static boolean isMissingFile(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException)
                        && !String.valueOf(cause.getMessage()).contains("Permission denied"));
    }

    private static String why(Throwable failure) {
        Optional<Throwable> root = causes(failure).reduce((outer, deeper) -> deeper);
        Throwable deepest = root.orElse(failure);
        String inner = deepest.getClass().getSimpleName() + ": " + deepest.getMessage();
        return deepest == failure || failure.getMessage() == null ? inner : failure.getMessage() + " (" + inner + ")";
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
