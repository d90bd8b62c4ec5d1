package dev.vitrine;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.odcs.ContractsFolder;
import dev.vitrine.contract.odcs.Environment;
import dev.vitrine.delta.write.Changes;
import dev.vitrine.delta.write.DeltaWriter;
import dev.vitrine.delta.write.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// A generated Delta table of accounts: 15 columns, documents of about 1 KB.
public final class Accounts {

    /// Of its contract; `bench.lake` is the folder of the table.
    public static final Path CONTRACTS = Path.of("src", "bench", "contracts");

    private static final String COLUMNS =
            """
            id bigint not null, name string, street string, city string, country string, phone string,
            balance decimal(12,2), credit_limit decimal(12,2), since date, updated_at timestamp, active boolean,
            score double, visits int, segment string, comment string""";
    private static final int ROWS_OF_A_COMMIT = 10_000;

    private final DeltaWriter writer;

    private Accounts(DeltaWriter writer) {
        this.writer = writer;
    }

    /// Writes the table to `<lake>/accounts`, with keys from 1.
    public static Accounts create(Path lake, int rows) throws IOException {
        Accounts accounts = new Accounts(DeltaWriter.create(lake.resolve("accounts"), COLUMNS, List.of("id")));
        for (int from = 1; from <= rows; from += ROWS_OF_A_COMMIT) {
            List<Row> inserts = new ArrayList<>();
            for (int id = from; id < Math.min(from + ROWS_OF_A_COMMIT, rows + 1); id++) {
                inserts.add(row(id, 0));
            }
            accounts.writer.commit(Changes.inserting(inserts));
        }
        return accounts;
    }

    /// Commits new states of these accounts.
    public void update(int from, int to, int state) throws IOException {
        List<Row> updates = new ArrayList<>();
        for (int id = from; id < to; id++) {
            updates.add(row(id, state));
        }
        writer.commit(new Changes(List.of(), updates, List.of()));
    }

    /// What the contract says of the table in that folder.
    public static GoldTable gold(Path lake) {
        Contracts contracts = ContractsFolder.read(
                CONTRACTS,
                new Environment(null, false, name -> name.equals("bench.lake") ? lake.toString() : null));
        return contracts.tables().getFirst();
    }

    private static Row row(int id, int state) {
        return Row.of(
                "id", (long) id,
                "name", "Account %09d of Example & Sons".formatted(id),
                "street", "%d Long Street, Building %d".formatted(id % 977, id % 13),
                "city", "City %d".formatted(id * 7919L % 1013),
                "country", "Country %d".formatted(id * 31L % 193),
                "phone", "+%d-555-%07d".formatted(id % 97, id),
                "balance", BigDecimal.valueOf(id * 7919L % 99_999_999 + state, 2),
                "credit_limit", BigDecimal.valueOf(id % 1000 * 10_000L, 2),
                "since", LocalDate.ofEpochDay(id * 13L % 20_000),
                "updated_at", Instant.ofEpochSecond(1_700_000_000L + id % 86_400 + state),
                "active", id % 5 != 0,
                "score", id % 10_007 / 3.0,
                "visits", id % 4999 + state,
                "segment", id % 3 == 0 ? "MACHINERY" : "HOUSEHOLD",
                "comment", "ironic packages above the \"final\" requests sleep furiously, %d; ".formatted(id).repeat(9));
    }
}
