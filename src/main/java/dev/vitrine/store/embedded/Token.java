package dev.vitrine.store.embedded;

import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.WriterFenced;
import java.sql.ResultSet;
import java.sql.SQLException;

/// The fencing token of one writer of a table.
///
/// A newer token is first raised in `control.db`, which decides what is served; then it is written into the generations
/// that the newer writer uses, each of which decides what is published in it. So nothing of an older writer comes
/// through, wherever it was stopped.
record Token(long number, String address, Control control) {

    /// To be called in a transaction that may write to a generation, whose lock keeps newer tokens out until its end.
    ///
    /// @throws WriterFenced if the generation is in the hands of a newer writer, or of none any more
    void check(Database generation) throws SQLException {
        try (ResultSet row = generation.query("SELECT token, retired FROM checkpoint")) {
            if (!row.next()) {
                throw new StoreFailure("a generation of " + address + " holds no checkpoint");
            }
            long seen = row.getLong(1);
            if (seen > number) {
                throw new WriterFenced(address, number, seen);
            }
            if (row.getInt(2) != 0) {
                control.check(number);
                throw new StoreFailure("the generation of " + address + " that was written to is not served any more");
            }
        }
    }

    /// Puts this token into a generation. Waits for the transaction that is open there, unless it is there already.
    ///
    /// @throws WriterFenced as above
    void mark(Database generation) throws SQLException {
        if (generation.number("SELECT max(token) FROM checkpoint WHERE NOT retired") == number) {
            return;
        }
        generation.transaction(() -> {
            check(generation);
            generation.change("UPDATE checkpoint SET token = ?", number);
        });
    }
}
