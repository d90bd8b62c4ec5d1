package dev.vitrine.contract.odcs;

import dev.vitrine.contract.Problem;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects what is wrong with one file.
final class Problems {

    private final String file;
    private final Set<Problem> found = new LinkedHashSet<>();

    Problems(String file) {
        this.file = file;
    }

    void add(Yaml at, String message, String fix) {
        add(at.line(), at.path(), message, fix);
    }

    void add(int line, String path, String message, String fix) {
        found.add(new Problem(file, line, path.isEmpty() ? "(document)" : path, message, fix));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /// In the order of lines.
    List<Problem> list() {
        return found.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
    }
}
