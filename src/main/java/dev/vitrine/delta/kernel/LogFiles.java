package dev.vitrine.delta.kernel;

import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The commit files of a log from a version on, by version.
record LogFiles(NavigableMap<Long, FileStatus> commits) {

    private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");

    LogFiles {
        commits = Collections.unmodifiableNavigableMap(commits);
    }

    /// How messages call a commit file.
    static String named(FileStatus file, boolean newest) {
        return file.getPath() + (newest ? ", the newest one (being written?)," : "");
    }

    /// One listing; without a log there are none.
    static LogFiles from(DeltaEngine engine, String table, long version) throws IOException {
        NavigableMap<Long, FileStatus> commits = new TreeMap<>();
        try (CloseableIterator<FileStatus> files = engine.listFrom("%s/_delta_log/%020d.".formatted(table, version))) {
            while (files.hasNext()) {
                FileStatus file = files.next();
                String path = file.getPath();
                Matcher name = COMMIT.matcher(path.substring(path.lastIndexOf('/') + 1));
                if (name.matches()) {
                    commits.put(Long.parseLong(name.group(1)), file);
                }
            }
        } catch (FileNotFoundException noLog) {
            return new LogFiles(Collections.emptyNavigableMap());
        }
        return new LogFiles(commits);
    }
}
