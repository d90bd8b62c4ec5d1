package dev.vitrine.delta.rows;

import static dev.vitrine.delta.GoldTables.column;
import static dev.vitrine.delta.GoldTables.integer;
import static dev.vitrine.delta.GoldTables.required;
import static dev.vitrine.delta.GoldTables.string;
import static dev.vitrine.delta.rows.ChangeType.DELETE;
import static dev.vitrine.delta.rows.ChangeType.INSERT;
import static dev.vitrine.delta.rows.ChangeType.UPDATE_POSTIMAGE;
import static dev.vitrine.delta.rows.ChangeType.UPDATE_PREIMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.FieldType.DecimalType;
import dev.vitrine.contract.FieldType.NumberType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.delta.DeltaSchema;
import dev.vitrine.delta.DeltaType.Column;
import dev.vitrine.delta.DeltaType.Decimal;
import dev.vitrine.delta.DeltaType.Primitive;
import dev.vitrine.delta.GoldTables;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityChange.Deleted;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityChange.Unservable;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.TimestampType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityMapperTest {

    private static final Column ID = new Column("id", Primitive.LONG, true, null);
    private static final Column NAME = new Column("name", Primitive.STRING, true, null);

    @Test
    void writesExactJsonInTheOrderOfTheContract() {
        GoldTable table = table(
                column("at", new FieldType.TimestampType()),
                column("id", integer()),
                column("day", new FieldType.DateType()),
                column("price", new DecimalType(12, 2, false)),
                column("share", new NumberType(false)));
        EntityMapper mapper = EntityMapper.of(
                table,
                schema(
                        ID,
                        new Column("price", new Decimal(10, 2), true, null),
                        new Column("share", Primitive.DOUBLE, true, null),
                        new Column("day", Primitive.DATE, true, null),
                        new Column("at", Primitive.TIMESTAMP, true, null)));

        assertThat(mapper.misfits()).isEmpty();
        assertThat(mapper.columns()).containsExactly(4, 0, 3, 1, 2);
        List<EntityChange> changes = mapper.changes(
                batch(
                        List.of(INSERT, INSERT),
                        ValueVector.of(TimestampType.TIMESTAMP, 1767693601500000L, null),
                        ValueVector.of(LongType.LONG, 9007199254740993L, 2L),
                        ValueVector.of(DateType.DATE, 10257, null),
                        ValueVector.of(LongType.LONG, new BigDecimal("9.00"), null),
                        ValueVector.of(DoubleType.DOUBLE, 0.1, Double.NaN)),
                false);

        assertThat(documents(changes))
                .containsExactly(
                        "{\"at\":\"2026-01-06T10:00:01.5Z\",\"id\":9007199254740993,\"day\":\"1998-01-31\",\"price\":9.00,\"share\":0.1}",
                        "{\"at\":null,\"id\":2,\"day\":null,\"price\":null,\"share\":null}");
    }

    @Test
    void carriesIndexedValuesAsTheTypesOfTheContract() {
        GoldTable table = GoldTables.indexing(
                table(
                        column("id", integer()),
                        column("at", new FieldType.TimestampType()),
                        column("share", new NumberType(false))),
                new IndexedColumn(List.of("share"), new NumberType(false)),
                new IndexedColumn(List.of("at"), new FieldType.TimestampType()));
        EntityMapper mapper = EntityMapper.of(
                table,
                schema(
                        ID,
                        new Column("at", Primitive.TIMESTAMP, true, null),
                        new Column("share", Primitive.DOUBLE, true, null)));

        EntityChange change = mapper.changes(
                        batch(
                                List.of(UPDATE_POSTIMAGE),
                                ValueVector.of(LongType.LONG, 1L),
                                ValueVector.of(TimestampType.TIMESTAMP, 3L),
                                ValueVector.of(DoubleType.DOUBLE, 0.5)),
                        false)
                .getFirst();

        assertThat(change).isInstanceOfSatisfying(Upserted.class, upserted -> {
            assertThat(upserted.key()).isEqualTo(EntityKey.of(1L));
            assertThat(upserted.indexed()).containsExactly(1L, new BigDecimal("0.5"), Instant.EPOCH.plusNanos(3000));
            assertThat(upserted.insert()).as("its pre-image lies elsewhere").isTrue();
        });
    }

    @Test
    void deletesTheOldKeyOfAnUpdateThatChangesTheKey() {
        EntityMapper mapper = EntityMapper.of(table(column("id", integer())), schema(ID));

        List<EntityChange> changes = mapper.changes(
                batch(
                        List.of(UPDATE_PREIMAGE, UPDATE_POSTIMAGE, UPDATE_PREIMAGE, UPDATE_POSTIMAGE, DELETE),
                        ValueVector.of(LongType.LONG, 1L, 2L, 3L, 3L, 4L)),
                false);

        assertThat(changes.stream().filter(Deleted.class::isInstance))
                .containsExactlyInAnyOrder(new Deleted(EntityKey.of(1L)), new Deleted(EntityKey.of(4L)));
        assertThat(changes.stream().filter(Upserted.class::isInstance)).hasSize(2);
    }

    @Test
    void pairsPreAndPostImagesOfAKeyCopyByCopy() {
        EntityMapper mapper = EntityMapper.of(table(column("id", integer())), schema(ID));

        List<EntityChange> changes = mapper.changes(
                batch(
                        List.of(
                                UPDATE_POSTIMAGE,
                                UPDATE_POSTIMAGE,
                                UPDATE_PREIMAGE,
                                INSERT,
                                UPDATE_PREIMAGE,
                                UPDATE_PREIMAGE),
                        ValueVector.of(LongType.LONG, 1L, 1L, 1L, 2L, 2L, 2L)),
                false);

        assertThat(changes)
                .extracting(change -> change instanceof Upserted row ? row.key() + " " + row.insert() : change)
                .containsExactlyInAnyOrder(
                        EntityKey.of(1L) + " false",
                        EntityKey.of(1L) + " true",
                        EntityKey.of(2L) + " true",
                        new Deleted(EntityKey.of(2L)),
                        new Deleted(EntityKey.of(2L)));
    }

    @Test
    void anUnservablePostImageIsARowMoreAndItsPreImageOneLess() {
        EntityMapper mapper =
                EntityMapper.of(table(column("id", integer()), required("name", string())), schema(ID, NAME));

        List<EntityChange> changes = mapper.changes(
                batch(
                        List.of(UPDATE_PREIMAGE, UPDATE_POSTIMAGE),
                        ValueVector.of(LongType.LONG, 1L, 1L),
                        ValueVector.of(StringType.STRING, "a", null)),
                false);

        assertThat(changes).hasSize(2).contains(new Deleted(EntityKey.of(1L))).anyMatch(Unservable.class::isInstance);
    }

    @Test
    void handsOnTheRowsThatAreGoneWhereWholeRowsAreAskedFor() {
        EntityMapper mapper =
                EntityMapper.of(table(column("id", integer()), required("name", string())), schema(ID, NAME));

        List<EntityChange> changes = mapper.changes(
                batch(
                        List.of(UPDATE_PREIMAGE, UPDATE_POSTIMAGE, DELETE, DELETE),
                        ValueVector.of(LongType.LONG, 1L, 1L, 2L, null),
                        ValueVector.of(StringType.STRING, "a", "b", null, "d")),
                true);

        assertThat(changes)
                .extracting(change -> switch (change) {
                    case Upserted row -> row.key() + " " + text(row.document()) + row.insert();
                    case Deleted row -> row.key() + " gone " + text(Objects.requireNonNull(row.row()));
                    case Unservable row -> text(row.row());
                })
                .containsExactly(
                        EntityKey.of(1L) + " gone {\"id\":1,\"name\":\"a\"}",
                        EntityKey.of(1L) + " {\"id\":1,\"name\":\"b\"}true",
                        EntityKey.of(2L) + " gone {\"id\":2}",
                        "null gone {\"name\":\"d\"}");
    }

    @Test
    void writesAKeylessRowTheSameBeforeAndAfterAColumnWasAdded() {
        GoldTable table = table(column("id", integer()), column("name", string()), column("tier", string()));
        EntityMapper before = EntityMapper.of(table, schema(ID, NAME));
        EntityMapper after = EntityMapper.of(table, schema(ID, NAME, new Column("tier", Primitive.STRING, true, null)));
        ColumnVector ids = ValueVector.of(LongType.LONG, new Object[] {null});
        ColumnVector names = ValueVector.of(StringType.STRING, "a");

        assertThat(row(before.changes(batch(List.of(INSERT), ids, names), false)))
                .isEqualTo(row(after.changes(
                        batch(List.of(INSERT), ids, names, ValueVector.of(StringType.STRING, new Object[] {null})),
                        false)))
                .isEqualTo("{\"name\":\"a\"}");
    }

    @Test
    void withholdsRowsItCannotServeAndKeepsThem() {
        GoldTable table = table(
                column("id", integer()), required("name", string()), column("price", new DecimalType(5, 2, false)));
        EntityMapper mapper = EntityMapper.of(
                table,
                schema(
                        ID,
                        new Column("name", Primitive.STRING, true, null),
                        new Column("price", new Decimal(20, 3), true, null)));

        List<EntityChange> changes = mapper.changes(
                batch(
                        List.of(INSERT, INSERT, INSERT, INSERT, INSERT),
                        ValueVector.of(LongType.LONG, null, 2L, 3L, 4L, 5L),
                        ValueVector.of(StringType.STRING, "a", null, "c", "d", "e"),
                        ValueVector.of(
                                LongType.LONG,
                                null,
                                null,
                                new BigDecimal("1.234"),
                                new BigDecimal("12345.000"),
                                new BigDecimal("1.230"))),
                false);

        assertThat(changes.subList(0, 4))
                .extracting(change -> ((Unservable) change).reason())
                .containsExactly(
                        Reason.NULL_KEY, Reason.NULL_REQUIRED, Reason.VALUE_OUT_OF_TYPE, Reason.VALUE_OUT_OF_TYPE);
        assertThat(changes.subList(0, 4))
                .extracting(change -> ((Unservable) change).key())
                .containsExactly(null, EntityKey.of(2L), EntityKey.of(3L), EntityKey.of(4L));
        assertThat(((Unservable) changes.get(2)).detail()).contains("price", "1.234", "2 decimal places");
        assertThat(text(((Unservable) changes.get(2)).row())).isEqualTo("{\"id\":3,\"name\":\"c\",\"price\":1.234}");
        assertThat(documents(changes.subList(4, 5))).containsExactly("{\"id\":5,\"name\":\"e\",\"price\":1.23}");
    }

    @Test
    void refusesYearsThatNoTimestampTextCanHold() {
        EntityMapper mapper = EntityMapper.of(
                table(column("id", integer()), column("day", new FieldType.DateType())),
                schema(ID, new Column("day", Primitive.DATE, true, null)));

        EntityChange change = mapper.changes(
                        batch(
                                List.of(INSERT),
                                ValueVector.of(LongType.LONG, 1L),
                                ValueVector.of(DateType.DATE, 100_000_000)),
                        false)
                .getFirst();

        assertThat(change).isInstanceOfSatisfying(Unservable.class, unservable -> {
            assertThat(unservable.reason()).isEqualTo(Reason.VALUE_OUT_OF_TYPE);
            assertThat(text(unservable.row())).startsWith("{\"id\":1,\"day\":\"");
        });
    }

    @Test
    void servesAnOptionalColumnThatIsNotThereYetAsNullAndNamesARequiredOne() {
        EntityMapper optional = EntityMapper.of(table(column("id", integer()), column("tier", string())), schema(ID));
        EntityMapper mandatory =
                EntityMapper.of(table(column("id", integer()), required("tier", string())), schema(ID));

        assertThat(optional.misfits()).isEmpty();
        assertThat(optional.absent()).containsExactly("tier");
        assertThat(documents(optional.changes(batch(List.of(INSERT), ValueVector.of(LongType.LONG, 1L)), false)))
                .containsExactly("{\"id\":1,\"tier\":null}");
        assertThat(mandatory.misfits()).singleElement().asString().contains("tier", "required");
    }

    @Test
    void findsColumnsWithoutRegardToCaseUnlessOneMatchesExactly() {
        EntityMapper mapper = EntityMapper.of(
                table(column("id", integer()), column("Name", string())),
                schema(ID, new Column("NAME", Primitive.STRING, true, null)));

        assertThat(mapper.misfits()).isEmpty();
        assertThat(mapper.columns()).containsExactly(0, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "string, LONG",
        "string, DATE",
        "integer, STRING",
        "integer, DOUBLE",
        "number, STRING",
        "date, TIMESTAMP",
        "date, STRING",
        "timestamp, TIMESTAMP_NTZ",
        "local, TIMESTAMP",
        "boolean, INTEGER",
        "decimal, DOUBLE"
    })
    void namesTypesThatDoNotFit(String contract, Primitive delta) {
        FieldType wanted = switch (contract) {
            case "integer" -> integer();
            case "number" -> new NumberType(false);
            case "decimal" -> new DecimalType(10, 2, false);
            case "date" -> new FieldType.DateType();
            case "timestamp" -> new FieldType.TimestampType();
            case "local" -> new FieldType.LocalTimestampType();
            case "boolean" -> new FieldType.BooleanType();
            default -> string();
        };
        EntityMapper mapper = EntityMapper.of(
                table(column("id", integer()), column("value", wanted)),
                schema(ID, new Column("value", delta, true, null)));

        assertThat(mapper.misfits()).singleElement().asString().contains("value", delta.text());
    }

    private static GoldTable table(Field... columns) {
        return GoldTables.of(Path.of("things"), List.of(columns), "id");
    }

    private static DeltaSchema schema(Column... columns) {
        return new DeltaSchema("id", List.of(columns), List.of(), Optional.empty(), Optional.empty(), true);
    }

    private static Batch batch(List<ChangeType> types, ColumnVector... columns) {
        return new Batch(List.of(columns), types.size(), types::get);
    }

    private static List<String> documents(List<EntityChange> changes) {
        return changes.stream()
                .map(change -> text(((Upserted) change).document()))
                .toList();
    }

    private static String row(List<EntityChange> unservable) {
        return text(((Unservable) unservable.getFirst()).row());
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
