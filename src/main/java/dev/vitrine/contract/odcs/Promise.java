package dev.vitrine.contract.odcs;

import dev.vitrine.contract.DataProduct;
import java.nio.file.Path;
import java.util.Optional;

/// What a contract says to callers. Whether its tables can be served here and now is no matter: not where they lie, and
/// not what is configured.
final class Promise {

    private Promise() {}

    /// @param problems takes why it is no contract; the answer is empty then
    static Optional<DataProduct> read(byte[] bytes, Path source, Problems problems) {
        YamlDocument.read(bytes, problems)
                .ifPresent(document -> new StandardCheck(problems).check(document, Standard.CONTRACT));
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        Problems unheard = new Problems(source.toString());
        return new ContractReader(new Environment(null, true, name -> ""), unheard).read(bytes, source);
    }
}
