package dev.vitrine.store.cosmos;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.GoldTable.Partitioned;
import dev.vitrine.contract.GoldTable.Storing;
import java.util.Arrays;
import java.util.List;

/// Tables that a contract says are partitioned.
final class Partitions {

    private Partitions() {}

    /// By parts of the key.
    ///
    /// @param parts their positions in it
    static GoldTable by(GoldTable table, int... parts) {
        return by(
                table,
                Arrays.stream(parts)
                        .mapToObj(part -> new Partitioned(
                                "property " + table.key().get(part).path(),
                                table.key().get(part)))
                        .toList());
    }

    static GoldTable by(GoldTable table, List<Partitioned> partitioned) {
        return storing(table, new Storing(partitioned, null));
    }

    static GoldTable storing(GoldTable table, Storing storing) {
        return new GoldTable(
                table.product(),
                table.name(),
                table.location(),
                table.columns(),
                table.key(),
                table.indexed(),
                table.sorts(),
                table.maxDeleteShare(),
                table.pace(),
                table.schedule(),
                storing);
    }
}
