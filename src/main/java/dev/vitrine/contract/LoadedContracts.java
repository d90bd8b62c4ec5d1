package dev.vitrine.contract;

import java.util.Comparator;
import java.util.List;

/// Contracts as they were read at one time.
///
/// @param products sorted by name and major
/// @param tables behind all products that are not retired, sorted by address
public record LoadedContracts(List<DataProduct> products, List<GoldTable> tables) implements Contracts {
    public LoadedContracts {
        products = List.copyOf(products);
        tables = List.copyOf(tables);
    }

    /// Of products, in any order.
    ///
    /// @throws ContractsInvalid if two versions disagree about a table
    public static LoadedContracts of(List<DataProduct> products) {
        List<DataProduct> sorted = products.stream()
                .sorted(Comparator.comparing(DataProduct::name).thenComparingInt(DataProduct::major))
                .toList();
        return new LoadedContracts(sorted, GoldTables.of(sorted));
    }
}
