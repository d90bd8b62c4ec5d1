package dev.vitrine.store.cosmos;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.cosmos.models.PartitionKey;
import com.azure.cosmos.models.PartitionKeyBuilder;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.GoldTable.Partitioned;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.contract.RowFilter.Operator;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Where keys lie in a container that is partitioned by parts of them.
class PlacementTest {

    private static final IndexedColumn A = new IndexedColumn(List.of("a"), FieldType.StringType.any());
    private static final IndexedColumn B =
            new IndexedColumn(List.of("b"), new FieldType.IntegerType(false, null, null));
    private static final IndexedColumn C = new IndexedColumn(List.of("c"), FieldType.StringType.any());
    private static final IndexedColumn D = new IndexedColumn(List.of("d"), FieldType.StringType.any());
    private static final IndexedColumn OTHER = new IndexedColumn(List.of("other"), FieldType.StringType.any());

    private static GoldTable table(IndexedColumn... key) {
        return new GoldTable(
                "shop",
                "things",
                "/lake/things",
                List.of(),
                List.of(key),
                List.of(A, B, C, D, OTHER),
                List.of(),
                0.5,
                Duration.ofMinutes(1),
                null);
    }

    @Test
    void aContainerIsPartitionedByPartsOfTheKeyAndThenByAllOfIt() {
        assertThat(Placement.of(table(A, B)).paths()).containsExactly("/p");
        assertThat(Placement.of(Partitions.by(table(A), 0)).paths())
                .as("the key says it all")
                .containsExactly("/p");
        assertThat(Placement.of(Partitions.by(table(A, B), 1)).paths()).containsExactly("/p1", "/p");
        assertThat(Placement.of(Partitions.by(table(A, B), 1, 0)).paths()).containsExactly("/p1", "/p");
        GoldTable three = Partitions.by(table(A, B, C), 2, 0, 1);
        assertThat(Placement.of(three).paths()).containsExactly("/p2", "/p0", "/p");
        assertThat(Placement.notes(three)).isEmpty();
    }

    @Test
    void whatItCannotBePartitionedByIsSaid() {
        GoldTable laidOut = Partitions.by(
                table(A, B), List.of(new Partitioned("property a", A), new Partitioned("property other", null)));
        assertThat(Placement.of(laidOut).paths()).containsExactly("/p");
        assertThat(Placement.notes(laidOut))
                .singleElement()
                .asString()
                .startsWith("property other: ")
                .contains("no part of the key", "shop/things");
        GoldTable many = Partitions.by(table(A, B, C, D), 3, 2, 1);
        assertThat(Placement.of(many).paths()).containsExactly("/p3", "/p2", "/p");
        assertThat(Placement.notes(many)).singleElement().asString().contains("property [b]", "2 columns");
    }

    @Test
    void readsItsPathsBack() {
        for (Placement placement : List.of(
                Placement.of(table(A, B, C)),
                Placement.of(Partitions.by(table(A, B, C), 2)),
                Placement.of(Partitions.by(table(A, B, C), 2, 0)))) {
            assertThat(Placement.ofPaths(placement.paths(), 3)).contains(placement);
        }
        assertThat(Placement.ofPaths(List.of("/id"), 3)).isEmpty();
        assertThat(Placement.ofPaths(List.of("/p", "/p1"), 3)).isEmpty();
        assertThat(Placement.ofPaths(List.of("/p7", "/p"), 3)).isEmpty();
    }

    @Test
    void everyKeyIsWhereAFilterByItsPartsLooksForIt() {
        Columns columns = Columns.of(table(A, B, C), Columns.texts(table(A, B, C)));
        List<String> texts =
                List.of("", "a", "a,b", ",", "~", "~~", "a/b", " ", "é", "😀", "x".repeat(400), "é".repeat(3000), "\0");
        for (List<Integer> leading : List.of(List.of(0), List.of(2), List.of(1, 0), List.of(2, 0))) {
            Placement placement = new Placement(3, leading);
            Set<String> ids = new HashSet<>();
            for (String a : texts) {
                for (String c : texts) {
                    EntityKey key = EntityKey.of(a, 7L, c);
                    String id = placement.id(key);
                    ids.add(id);
                    assertThat(id).matches("[A-Za-z0-9._,~-]+").hasSizeLessThanOrEqualTo(1023);
                    assertThat(Ids.plain(id)).isEqualTo(Ids.of(key));
                    ObjectNode item = JsonNodeFactory.instance.objectNode();
                    placement.put(item, id);
                    PartitionKeyBuilder levels = new PartitionKeyBuilder();
                    leading.forEach(part -> levels.add(item.path("p" + part).textValue()));
                    assertThat(placement.prefix(equal(key), columns)).isEqualTo(levels.build());
                    PartitionKey place = placement.place(id);
                    assertThat(place).isEqualTo(levels.add(id).build());
                    assertThat(place.toString()).hasSizeLessThan(2048);
                }
            }
            assertThat(ids).hasSize(texts.size() * texts.size());
        }
    }

    private static Filter equal(EntityKey key) {
        return new Filter.And(List.of(
                new Filter.Comparison(A, Operator.EQ, key.values().get(0)),
                new Filter.And(List.of(
                        new Filter.In(B, List.of(key.values().get(1))),
                        new Filter.Comparison(C, Operator.EQ, key.values().get(2))))));
    }

    @Test
    void onlyAnEqualityThatHoldsForAllNarrowsAQuery() {
        Columns columns = Columns.of(table(A, B), Columns.texts(table(A, B)));
        Placement placement = new Placement(2, List.of(0));
        Filter equal = new Filter.Comparison(A, Operator.EQ, "a");
        assertThat(placement.prefix(equal, columns)).isNotNull();
        for (Filter wide : List.of(
                Filter.ALL,
                new Filter.Or(List.of(equal)),
                new Filter.Not(equal),
                new Filter.Comparison(A, Operator.GE, "a"),
                new Filter.Comparison(C, Operator.EQ, "a"),
                new Filter.In(A, List.of("a", "b")),
                new Filter.StartsWith(A, "a"),
                new Filter.IsNull(A))) {
            assertThat(placement.prefix(wide, columns)).as("%s", wide).isNull();
        }
        assertThat(new Placement(2, List.of()).prefix(equal, columns)).isNull();
    }

    @Test
    void rowsWithoutKeyAreTogether() {
        Placement placement = new Placement(3, List.of(1, 0));
        assertThat(placement.place("k-abc"))
                .isEqualTo(
                        new PartitionKeyBuilder().add("~").add("~").add("k-abc").build());
    }
}
