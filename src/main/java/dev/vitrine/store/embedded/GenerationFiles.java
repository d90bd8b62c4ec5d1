package dev.vitrine.store.embedded;

import dev.vitrine.store.StoreFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files of a table's generations, by number.
record GenerationFiles(Path folder) {

    private static final Pattern NAME = Pattern.compile("generation-(\\d{1,18})\\.db.*");

    Path file(long number) {
        return folder.resolve("generation-" + number + ".db");
    }

    /// The file and those that SQLite keeps beside it, whether they are there or not.
    List<Path> all(long number) {
        return Stream.of("", "-journal", "-wal", "-shm")
                .map(suffix -> folder.resolve("generation-" + number + ".db" + suffix))
                .toList();
    }

    /// Those of which there is a file, or a leftover of one; ascending.
    List<Long> numbers() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> Long.valueOf(name.group(1)))
                    .distinct()
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StoreFailure("cannot list " + folder, e);
        }
    }

    void delete(long number) {
        all(number).forEach(GenerationFiles::delete);
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StoreFailure("cannot delete " + file, e);
        }
    }
}
