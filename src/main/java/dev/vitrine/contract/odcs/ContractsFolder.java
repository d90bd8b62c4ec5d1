package dev.vitrine.contract.odcs;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.ContractsInvalid;
import java.nio.file.Path;
import java.util.Map;

/// A folder of contracts: every `*.odcs.yaml` below it, but not in hidden folders; `published.odcs.yaml` is a baseline
/// and no contract.
public final class ContractsFolder {

    private ContractsFolder() {}

    /// Reads all contracts, once. Drafts and proposals are checked too, but left out unless the environment wants them.
    ///
    /// @throws ContractsInvalid with everything that is wrong in all files
    public static Contracts read(Path folder, Environment environment) {
        Acceptance found = Acceptance.of(Listing.of(folder), Map.of(), environment);
        if (!found.problems().isEmpty()) {
            throw new ContractsInvalid(found.problems());
        }
        return Form.together(found.forms().values());
    }
}
