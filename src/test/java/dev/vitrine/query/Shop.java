package dev.vitrine.query;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.FieldType.ArrayType;
import dev.vitrine.contract.FieldType.DateType;
import dev.vitrine.contract.FieldType.DecimalType;
import dev.vitrine.contract.FieldType.IntegerType;
import dev.vitrine.contract.FieldType.ObjectType;
import dev.vitrine.contract.FieldType.StringType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.contract.Role;
import dev.vitrine.contract.SortTerm;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Origin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A product of one entity type with every way a field can be placed and restricted, and rows for it.
final class Shop implements Contracts {

    private static final FieldType TEXT = StringType.any();
    private static final FieldType MONEY = new DecimalType(12, 2, false);

    static final EntityType CUSTOMERS = new EntityType(
            "customers",
            "Customer",
            "dim_customer",
            null,
            null,
            List.of(
                    field("id", "c_id", new IntegerType(false, null, null), false, null),
                    field("name", "c_name", TEXT, true, null),
                    field("balance", "c_bal", MONEY, true, "money"),
                    field("note", "c_note", TEXT, true, "secret"),
                    field("remark", "c_remark", TEXT, false, null),
                    field(
                            "place",
                            "",
                            new ObjectType(
                                    List.of(
                                            field("region", "c_region", TEXT, true, null),
                                            field("since", "c_since", new DateType(), true, "money")),
                                    true),
                            false,
                            null),
                    field(
                            "extra",
                            "c_extra",
                            new ObjectType(
                                    List.of(
                                            field("size", "e_size", new IntegerType(true, null, null), true, null),
                                            field("tag", "e_tag", TEXT, true, "secret")),
                                    false),
                            false,
                            null),
                    field(
                            "lines",
                            "c_lines",
                            new ArrayType(new ObjectType(
                                    List.of(
                                            field("part", "l_part", TEXT, false, null),
                                            field("price", "l_price", new DecimalType(18, 2, true), false, "money")),
                                    false)),
                            false,
                            null)),
            List.of(new FieldPath(List.of(field("id", "c_id", new IntegerType(false, null, null), false, null)))),
            List.of(List.of(new SortTerm("place.region", false), new SortTerm("name", true))),
            List.of(),
            0.5);

    /// Scalar fields by name, as [Row#values()] has them.
    static final List<FieldPath> SCALARS = CUSTOMERS.allFields().stream()
            .filter(path -> path.field().type() instanceof FieldType.Scalar)
            .toList();

    private final DataProduct product;
    private final GoldTable table;

    Shop(List<Role> roles) {
        product = new DataProduct(
                "shop",
                1,
                "1.0.0",
                DataProduct.Status.ACTIVE,
                "shop",
                null,
                "/nowhere",
                List.of(CUSTOMERS),
                roles,
                List.of(),
                Path.of("shop.odcs.yaml"));
        List<IndexedColumn> indexed = SCALARS.stream()
                .filter(path -> path.field().filterable() || path.name().equals("id"))
                .map(EntityFields::column)
                .toList();
        table = new GoldTable(
                "shop",
                "dim_customer",
                "/nowhere/dim_customer",
                CUSTOMERS.fields(),
                List.of(indexed.getFirst()),
                indexed,
                List.of(),
                0.5,
                Duration.ofMinutes(1),
                null);
    }

    DataProduct product() {
        return product;
    }

    @Override
    public List<DataProduct> products() {
        return List.of(product);
    }

    @Override
    public List<GoldTable> tables() {
        return List.of(table);
    }

    /// Serves these rows and no others.
    void load(EntityStore store, List<Row> rows) {
        load(store, rows, new Revision(1, 7, Instant.parse("2026-01-06T10:00:01Z")));
    }

    void load(EntityStore store, List<Row> rows, Revision revision) {
        try (GenerationWriter writer = store.table(table).writer(1).rebuild(new Origin("id", revision, ""))) {
            writer.add(rows.stream().map(this::inserted).toList());
            writer.seal();
            writer.swap();
        }
    }

    /// Applies a commit: rows that are there afterwards, and ids of those that are not.
    void commit(EntityStore store, List<Row> written, List<Long> deleted, Revision revision) {
        try (ChangeWriter writer = store.table(table).writer(1).changes()) {
            writer.begin(revision);
            writer.apply(Stream.concat(
                            deleted.stream().map(id -> new Deleted(EntityKey.of(id))),
                            written.stream()
                                    .map(this::inserted)
                                    .map(row -> new Upserted(row.key(), row.document(), row.indexed(), false)))
                    .toList());
            writer.end();
            writer.publish(revision, "");
        }
    }

    private Upserted inserted(Row row) {
        List<@Nullable Object> indexed = new ArrayList<>();
        table.indexed()
                .forEach(column -> indexed.add(row.value(SCALARS.stream()
                        .filter(path -> path.column().equals(column.path()))
                        .findFirst()
                        .orElseThrow())));
        return new Upserted(EntityKey.of(row.id()), row.document().getBytes(StandardCharsets.UTF_8), indexed, true);
    }

    /// One row.
    ///
    /// @param values in the order of [#SCALARS]
    record Row(List<@Nullable Object> values) {
        Row {
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }

        Object id() {
            return java.util.Objects.requireNonNull(values.getFirst());
        }

        @Nullable
        Object value(FieldPath path) {
            return values.get(SCALARS.stream().map(FieldPath::name).toList().indexOf(path.name()));
        }

        /// As it is stored: in an order of its own, with columns that the version does not know.
        String document() {
            return """
                    {"other": {"c_name": "}\\"{"}, "c_lines": [{"l_price": 1.50, "l_part": "a,\\"]"}, null], "c_note":%s, "c_id":%s,
                     "c_name":%s,"c_bal":%s,"c_remark":%s,"c_since":%s,"c_region":%s,"c_extra":{"e_tag":%s,"e_size":%s}}""".formatted(json(3), json(0), json(1), json(2), json(4), json(6), json(5), json(8), json(7));
        }

        private String json(int index) {
            return Shop.json(values.get(index));
        }
    }

    static String json(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> JsonMapper.shared().writeValueAsString(text);
            case java.math.BigDecimal number -> number.toPlainString();
            case Long number -> number.toString();
            default -> "\"" + value + "\"";
        };
    }

    private static Field field(
            String name, String column, FieldType type, boolean filterable, @Nullable String classification) {
        return new Field(name, column, type, false, filterable, classification, null, null, List.of());
    }
}
