package dev.vitrine.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Derives the gold tables that products read: one for all entities of all majors over it, together.
final class GoldTables {

    /// How often to look at a table of which no contract says how fresh it must be.
    static final Duration PACE = Duration.ofMinutes(1);

    private GoldTables() {}

    /// @throws ContractsInvalid if two versions disagree about a table
    static List<GoldTable> of(List<DataProduct> products) {
        Map<String, List<TableUse>> uses = new TreeMap<>();
        for (DataProduct product : products) {
            if (product.status() != DataProduct.Status.RETIRED) {
                for (EntityType entity : product.entities()) {
                    uses.computeIfAbsent(product.name() + "/" + entity.table(), address -> new ArrayList<>())
                            .add(new TableUse(product, entity));
                }
            }
        }
        List<Problem> problems = new ArrayList<>();
        List<GoldTable> tables = new ArrayList<>();
        for (List<TableUse> table : uses.values()) {
            TableMerge merge = new TableMerge(table, problems);
            tables.add(merge.table());
        }
        if (!problems.isEmpty()) {
            throw new ContractsInvalid(problems);
        }
        return tables;
    }

    /// One entity that reads a table.
    record TableUse(DataProduct product, EntityType entity) {

        String location() {
            String folder = product.location();
            return folder.endsWith("/") ? folder + entity.table() : folder + "/" + entity.table();
        }

        /// The service levels that are about it.
        List<ServiceLevel> levels() {
            return product.serviceLevels().stream()
                    .filter(level -> level.element() == null || entity.name().equals(level.element()))
                    .toList();
        }

        /// Every column that is reached other than by reading the entity: by key, filters, sorts, row filters,
        /// relations.
        List<IndexedColumn> indexed() {
            List<FieldPath> fields = new ArrayList<>(entity.key());
            entity.allFields().stream()
                    .filter(path -> path.field().filterable())
                    .forEach(fields::add);
            for (Role role : product.roles()) {
                if (role.rowFilters().get(entity.name()) instanceof RowFilter filter) {
                    addFields(filter, fields);
                }
            }
            for (Relationship relationship : entity.relationships()) {
                if (relationship.inverseName() != null) {
                    relationship.fields().forEach(name -> entity.field(name).ifPresent(fields::add));
                }
            }
            Map<List<String>, IndexedColumn> columns = new LinkedHashMap<>();
            fields.forEach(field -> columns.putIfAbsent(field.column(), column(field)));
            return List.copyOf(columns.values());
        }

        private static void addFields(RowFilter filter, List<FieldPath> fields) {
            switch (filter) {
                case RowFilter.And and -> and.parts().forEach(part -> addFields(part, fields));
                case RowFilter.Or or -> or.parts().forEach(part -> addFields(part, fields));
                case RowFilter.Not not -> addFields(not.part(), fields);
                case RowFilter.Comparison comparison -> fields.add(comparison.field());
                case RowFilter.In in -> fields.add(in.field());
            }
        }

        List<IndexedColumn> key() {
            return entity.key().stream().map(TableUse::column).toList();
        }

        List<GoldTable.Partitioned> partitioned() {
            return entity.partitioned().stream()
                    .map(name -> new GoldTable.Partitioned(
                            "%s, schema '%s', property '%s'".formatted(product.source(), entity.name(), name),
                            entity.key().stream()
                                    .filter(part -> part.name().equals(name))
                                    .map(TableUse::column)
                                    .findFirst()
                                    .orElse(null)))
                    .toList();
        }

        List<List<GoldTable.IndexedTerm>> sorts() {
            return entity.sortable().stream()
                    .map(terms -> terms.stream().map(this::term).toList())
                    .toList();
        }

        private GoldTable.IndexedTerm term(SortTerm term) {
            FieldPath field = entity.field(term.field())
                    .orElseThrow(() -> new IllegalArgumentException(
                            product.address() + " has no field " + term.field() + " in " + entity.name()));
            return new GoldTable.IndexedTerm(column(field), term.descending());
        }

        private static IndexedColumn column(FieldPath path) {
            if (StoredTypes.stored(path.field().type()) instanceof FieldType.Scalar scalar) {
                return new IndexedColumn(path.column(), scalar);
            }
            throw new IllegalArgumentException("'" + path.name() + "' has no single value that can be indexed");
        }
    }
}
