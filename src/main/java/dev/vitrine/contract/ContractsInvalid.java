package dev.vitrine.contract;

import java.util.List;
import java.util.stream.Collectors;

/// The contracts cannot be served as they are; carries everything that is wrong with them.
public final class ContractsInvalid extends RuntimeException {

    private final transient List<Problem> problems;

    public ContractsInvalid(List<Problem> problems) {
        super(problems.stream()
                .map(Problem::toString)
                .collect(Collectors.joining("\n  ", problems.size() + " problem(s):\n  ", "")));
        this.problems = List.copyOf(problems);
    }

    /// Everything that is wrong, in the order of files and lines.
    public List<Problem> problems() {
        return problems;
    }
}
