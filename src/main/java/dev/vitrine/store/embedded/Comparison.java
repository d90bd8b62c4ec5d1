package dev.vitrine.store.embedded;

import dev.vitrine.contract.GoldTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The generation that is served beside one that is to take its place.
///
/// @param next columns of the latter
record Comparison(GoldTable table, Generation served, Columns next) {

    /// Whether both have the same key; else nothing of them can be compared.
    boolean isPossible() {
        return served.layout().key().equals(dev.vitrine.store.Layout.of(table).key());
    }

    /// The columns of the served one, of which the key is sure to be there.
    private Columns before() {
        return Columns.of(table, served.columns());
    }

    /// How many keys are live in the served one, and neither live nor withheld in the file of the next.
    long removed(Generation file) throws SQLException {
        String path = served.file().toAbsolutePath().toString().replace("'", "''");
        try (Database reader = Database.connect(file.file(), Database.Mode.READ)) {
            reader.execute("ATTACH '" + path + "' AS served");
            return reader.number(
                    "SELECT count(*) FROM served.entity o WHERE NOT EXISTS (SELECT 1 FROM main.entity n WHERE "
                            + equalKeys() + ") AND NOT EXISTS (SELECT 1 FROM main.withheld n WHERE " + equalKeys()
                            + ")");
        }
    }

    private String equalKeys() {
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < next.key().size(); i++) {
            conditions.add("n." + next.key().get(i).name() + "=o."
                    + before().key().get(i).name());
        }
        return String.join(" AND ", conditions);
    }

    /// Copies the letters of the served one to where [Letters#keepFirstSeen] looks for them.
    void copyLetters(Database into) throws SQLException {
        Database reader = served.lease();
        if (reader == null) {
            return;
        }
        String copy = "INSERT INTO temp.older (" + next.keyNames() + ", hash, document, first_seen) VALUES ("
                + Letters.marks(next.key().size() + 3) + ")";
        int keys = next.key().size();
        try (reader;
                ResultSet row =
                        reader.query("SELECT " + before().keyNames() + ", hash, document, first_seen FROM letter")) {
            while (row.next()) {
                @Nullable Object[] values = new @Nullable Object[keys + 3];
                for (int i = 0; i < values.length; i++) {
                    values[i] = row.getObject(i + 1);
                }
                into.change(copy, values);
            }
        }
    }
}
