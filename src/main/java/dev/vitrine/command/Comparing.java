package dev.vitrine.command;

import dev.vitrine.contract.ContractsInvalid;
import dev.vitrine.contract.Problem;
import dev.vitrine.contract.compatibility.ContractChange;
import dev.vitrine.contract.compatibility.ContractChange.Kind;
import dev.vitrine.contract.odcs.ComparedContracts;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/// Tells what callers notice of the step from one contract file to another.
final class Comparing {

    private static final String USAGE = "compare <old contract.odcs.yaml> <new contract.odcs.yaml>";

    private Comparing() {}

    /// Prints a line for each change.
    ///
    /// @return whether nothing breaks within a major version
    /// @throws CommandRefused if the files are not two contracts
    static boolean print(List<String> files, PrintStream out) {
        if (files.size() != 2) {
            throw new CommandRefused("compare", List.of("give two files: the contract as it was and as it is"), USAGE);
        }
        ComparedContracts compared = compared(Path.of(files.getFirst()), Path.of(files.getLast()));
        List<ContractChange> changes = compared.changes();
        changes.forEach(out::println);
        long breaking = changes.stream()
                .filter(change -> change.kind() == Kind.BREAKING)
                .count();
        out.println("%s %s to %s %s: %s"
                .formatted(
                        compared.before().name(),
                        compared.before().version(),
                        compared.after().name(),
                        compared.after().version(),
                        verdict(compared, breaking)));
        return !compared.isBroken();
    }

    private static String verdict(ComparedContracts compared, long breaking) {
        if (compared.changes().isEmpty()) {
            return "callers notice no difference";
        }
        String counted = "%d differences, %d of them breaking"
                .formatted(compared.changes().size(), breaking);
        if (compared.isBroken()) {
            return counted
                    + ": this needs version %d.0.0".formatted(compared.after().major() + 1);
        }
        return breaking == 0 ? counted : counted + ", as a new major version may";
    }

    private static ComparedContracts compared(Path before, Path after) {
        try {
            return ComparedContracts.of(before, after);
        } catch (ContractsInvalid invalid) {
            throw new CommandRefused(
                    "compare",
                    invalid.problems().stream().map(Problem::toString).toList(),
                    USAGE);
        }
    }
}
