package dev.vitrine.contract;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One gold table of one product, as all majors that read it need it together: the unit of syncing and storing.
///
/// In a `GoldTable` every [Field] (also inside objects) carries the Delta name as its name, groupings are dissolved,
/// and documentation is dropped: it describes the stored document, of which an [EntityType] is a projection.
///
/// @param product name of the product
/// @param name physical name of the table
/// @param location path or URI of the table
/// @param columns what is stored of a row
/// @param key the key columns, in order; they are also in `indexed`
/// @param indexed every column that a filter, sort, row filter or inverse relation reaches
/// @param sorts index column combinations beyond single columns, from `sortable`
/// @param maxDeleteShare share of the keys that one commit may remove
/// @param pace how often to look, from latency, frequency, or the default
/// @param schedule cron expression of a daily batch; null: none
/// @param storing what stores that can go by
public record GoldTable(
        String product,
        String name,
        String location,
        List<Field> columns,
        List<IndexedColumn> key,
        List<IndexedColumn> indexed,
        List<List<IndexedTerm>> sorts,
        double maxDeleteShare,
        Duration pace,
        @Nullable String schedule,
        Storing storing) {
    public GoldTable {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        indexed = List.copyOf(indexed);
        sorts = List.copyOf(sorts);
    }

    /// Stored as the store has it.
    public GoldTable(
            String product,
            String name,
            String location,
            List<Field> columns,
            List<IndexedColumn> key,
            List<IndexedColumn> indexed,
            List<List<IndexedTerm>> sorts,
            double maxDeleteShare,
            Duration pace,
            @Nullable String schedule) {
        this(
                product,
                name,
                location,
                columns,
                key,
                indexed,
                sorts,
                maxDeleteShare,
                pace,
                schedule,
                new Storing(List.of(), null));
    }

    /// What contracts say about how a table is stored.
    ///
    /// @param partitioned what it is partitioned by, in order
    /// @param maxRequestUnits a second, of stores that are paid by them; null: nothing is said
    public record Storing(
            List<Partitioned> partitioned, @Nullable Integer maxRequestUnits) {
        public Storing {
            partitioned = List.copyOf(partitioned);
        }
    }

    /// A property that a table is partitioned by.
    ///
    /// @param where it says so: file, object, property
    /// @param part of the key that it is; null: it is none
    public record Partitioned(String where, @Nullable IndexedColumn part) {}

    /// One term of a composite index.
    public record IndexedTerm(IndexedColumn column, boolean descending) {}

    /// `sales/dim_customer`: how messages, metrics and files call it.
    public String address() {
        return product + "/" + name;
    }
}
