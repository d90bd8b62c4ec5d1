package dev.vitrine.store.embedded;

import dev.vitrine.contract.GoldTable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A generation beside the one that is to take its place.
record Comparison(GoldTable table, Generation old, Generation next) {

    /// How many keys are live in the old one and neither live nor withheld in the next; 0 if their keys differ.
    long removed() throws SQLException {
        List<String> before = keys(old);
        List<String> after = keys(next);
        if (before == null || after == null) {
            return 0;
        }
        Path file = old.file();
        try (Database reader = Database.connect(next.file(), Database.Mode.READ)) {
            reader.execute("ATTACH '" + file.toAbsolutePath().toString().replace("'", "''") + "' AS old");
            return reader.number(
                    "SELECT count(*) FROM old.entity o WHERE NOT EXISTS (SELECT 1 FROM main.entity n WHERE "
                            + equal(before, after) + ") AND NOT EXISTS (SELECT 1 FROM main.withheld n WHERE "
                            + equal(before, after) + ")");
        }
    }

    /// Names of the key's columns; null if it does not have them all.
    private @Nullable List<String> keys(Generation generation) {
        List<String> kept = generation.columns();
        String wanted = "key "
                + String.join(
                        ",",
                        table.key().stream().map(dev.vitrine.store.Layout::text).toList());
        if (!generation.layout().lines().contains(wanted)) {
            return null;
        }
        return Columns.of(table, kept).key().stream().map(Column::name).toList();
    }

    private static String equal(List<String> before, List<String> after) {
        StringBuilder conditions = new StringBuilder();
        for (int i = 0; i < before.size(); i++) {
            conditions
                    .append(i == 0 ? "" : " AND ")
                    .append("n.")
                    .append(after.get(i))
                    .append("=o.")
                    .append(before.get(i));
        }
        return conditions.toString();
    }
}
