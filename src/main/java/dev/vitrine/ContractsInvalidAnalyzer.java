package dev.vitrine;

import dev.vitrine.contract.ContractsInvalid;
import dev.vitrine.contract.Problem;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Says what is wrong with the contracts instead of printing a stack trace.
class ContractsInvalidAnalyzer extends AbstractFailureAnalyzer<ContractsInvalid> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, ContractsInvalid cause) {
        int count = cause.problems().size();
        return new FailureAnalysis(
                "The contracts cannot be served: " + count + (count == 1 ? " problem." : " problems.") + "\n\n"
                        + words(cause.problems()),
                "Mend the files as shown after the arrows and start again.",
                cause);
    }

    /// What is wrong, where, and what to write instead.
    static String words(List<Problem> problems) {
        return problems.stream().map(ContractsInvalidAnalyzer::lines).collect(Collectors.joining("\n\n"));
    }

    private static String lines(Problem problem) {
        String line = problem.line() == 0 ? "" : ":" + problem.line();
        return "%s%s  %s%n    %s%n    → %s"
                .formatted(problem.file(), line, problem.path(), problem.message(), problem.fix());
    }
}
