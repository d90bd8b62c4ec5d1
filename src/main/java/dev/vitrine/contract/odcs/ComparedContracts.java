package dev.vitrine.contract.odcs;

import dev.vitrine.contract.ContractsInvalid;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.Problem;
import dev.vitrine.contract.compatibility.ContractChange;
import dev.vitrine.contract.compatibility.ContractChange.Kind;
import dev.vitrine.contract.compatibility.ContractChanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Two contract files, compared: any that the standard allows, also such as cannot be served.
///
/// @param changes everything that callers notice
public record ComparedContracts(DataProduct before, DataProduct after, List<ContractChange> changes) {

    public ComparedContracts {
        changes = List.copyOf(changes);
    }

    /// @throws ContractsInvalid if one of the files is no contract
    public static ComparedContracts of(Path before, Path after) {
        DataProduct old = read(before);
        DataProduct now = read(after);
        return new ComparedContracts(old, now, ContractChanges.between(old, now));
    }

    /// Whether programs written against the state before may stop working although the major version says they do not.
    public boolean isBroken() {
        return before.major() == after.major() && changes.stream().anyMatch(change -> change.kind() == Kind.BREAKING);
    }

    /// What it takes to be served is no matter here.
    private static DataProduct read(Path file) {
        Problems problems = new Problems(file.toString());
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ContractsInvalid(List.of(
                    new Problem(file.toString(), 0, "(document)", "the file cannot be read: " + e, "Name a file")));
        }
        return Promise.read(bytes, file, problems).orElseThrow(() -> new ContractsInvalid(problems.list()));
    }
}
