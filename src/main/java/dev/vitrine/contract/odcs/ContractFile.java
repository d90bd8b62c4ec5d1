package dev.vitrine.contract.odcs;

import dev.vitrine.contract.DataProduct;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// A contract file that is in order by itself.
///
/// @param path below the contracts folder
/// @param text as it was read
record ContractFile(String path, String text, DataProduct product) {

    /// Empty if it is not in order, with the reasons among the problems.
    static Optional<ContractFile> read(
            String path, byte[] bytes, Path source, Environment environment, Problems problems) {
        Optional<DataProduct> product = new ContractReader(environment, problems).read(bytes, source);
        return problems.isEmpty()
                ? product.map(read -> new ContractFile(path, new String(bytes, StandardCharsets.UTF_8), read))
                : Optional.empty();
    }

    boolean sameAs(ContractFile other) {
        return path.equals(other.path) && text.equals(other.text);
    }
}
