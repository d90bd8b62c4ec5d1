package dev.vitrine;

import dev.vitrine.contract.ContractsInvalid;
import dev.vitrine.contract.Problem;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Says what is wrong with the contracts instead of printing a stack trace.
class ContractsInvalidAnalyzer extends AbstractFailureAnalyzer<ContractsInvalid> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, ContractsInvalid cause) {
        int count = cause.problems().size();
        String description = cause.problems().stream()
                .map(ContractsInvalidAnalyzer::lines)
                .collect(Collectors.joining(
                        "\n\n",
                        "The contracts cannot be served: " + count + (count == 1 ? " problem." : " problems.") + "\n\n",
                        ""));
        return new FailureAnalysis(description, "Mend the files as shown after the arrows and start again.", cause);
    }

    private static String lines(Problem problem) {
        String line = problem.line() == 0 ? "" : ":" + problem.line();
        return "%s%s  %s%n    %s%n    → %s"
                .formatted(problem.file(), line, problem.path(), problem.message(), problem.fix());
    }
}
