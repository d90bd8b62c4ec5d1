package dev.vitrine.contract.odcs;

import dev.vitrine.contract.GoldTable;
import java.util.Optional;

/// What live contracts need of the store. Threads may share it.
public interface Storage {

    /// What was kept last, by whichever process; empty before the first time.
    Optional<byte[]> kept();

    /// Keeps the accepted contracts, instead of what was kept before.
    void keep(byte[] accepted);

    /// Whether what is served of the table holds all that it wants stored and indexed. Throws if that cannot be told.
    boolean covers(GoldTable table);
}
