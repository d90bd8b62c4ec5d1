package dev.vitrine.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.SharedTables;
import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.odcs.ContractsFolder;
import dev.vitrine.contract.odcs.Environment;
import dev.vitrine.delta.kernel.KernelTables;
import dev.vitrine.delta.write.DeltaWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaffoldTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            gold/dim_customer; c_custkey
            gold/fact_orders; o_orderkey
            gold/monthly_revenue; month,region
            covid_nyt; date,county,state
            corpus/tables/a_empty; id
            corpus/tables/a_plain; id
            corpus/tables/b_part; id
            corpus/tables/c_dv; id
            corpus/tables/d_colmap_name; id
            corpus/tables/e_types; id
            corpus/tables/f_ckpt_cleanup; id
            corpus/tables/f_v2ckpt_parquet; id
            corpus/tables/g_cdf_gap; id
            corpus/tables/h_addcol; id
            corpus/tables/i_cluster; id
            corpus/tables/j_overwrite; id
            """)
    void draftsAContractThatLoadsAndFitsItsTable(String table, String key) throws IOException {
        Path location = SharedTables.table(table);

        assertThat(scaffold("--table=" + location, "--key=" + key)).isZero();

        Contracts contracts = load();
        GoldTable gold = contracts.tables().getFirst();
        assertThat(Path.of(gold.location())).isEqualTo(location);
        assertThat(KernelTables.using(Map.of()).open(gold).latest().misfits()).isEmpty();
        assertThat(contracts.products().getFirst().entities().getFirst().key())
                .extracting(path -> path.field().column())
                .containsExactly(key.split(","));
    }

    @Test
    void servesEveryColumnUnderANameOfItsOwn() throws IOException {
        Path table = folder.resolve("a place with spaces/fact order's");
        DeltaWriter.create(
                table,
                "`Order ID` bigint not null, `true` string, `a_b` int, `a b` int, `a;b` struct<`c d`: date>, `_` binary",
                List.of("Order ID"));

        assertThat(scaffold("--table=" + table, "--key=order id")).isZero();

        EntityType entity = load().products().getFirst().entities().getFirst();
        assertThat(entity.fields())
                .extracting(Field::name)
                .containsExactly("orderId", "true", "aB", "aB2", "aB3", "column");
        assertThat(entity.fields())
                .extracting(Field::column)
                .containsExactly("Order ID", "true", "a_b", "a b", "a;b", "_");
        assertThat(entity.key()).extracting(FieldPath::name).containsExactly("orderId");
    }

    @Test
    void takesAPathThatABuildToolCutAtItsSpaces() throws IOException {
        Path table = folder.resolve("two words");
        DeltaWriter.create(table, "id bigint, name string", List.of("id"));

        assertThat(scaffold(Stream.concat(
                                Stream.of("--table"),
                                Stream.concat(
                                        Stream.of(table.toString().split(" ")),
                                        Stream.of("--key=id", "--product=mine", "--entity=things")))
                        .toArray(String[]::new)))
                .isZero();

        DataProduct product = load().products().getFirst();
        assertThat(product.address()).isEqualTo("mine/v1");
        assertThat(product.entities().getFirst().name()).isEqualTo("things");
    }

    @Test
    void saysEverythingThatIsWrongAndPrintsNothing() throws IOException {
        Path table = folder.resolve("table");
        DeltaWriter.create(table, "id bigint, price double", List.of("id"));

        assertThat(scaffold("--table=" + table, "--key=ident,price", "--colour=red", "--product=a b"))
                .isEqualTo(2);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("no option --colour")
                .contains("no column ident", "id, price")
                .contains("column price cannot be part of the key: it is double")
                .contains("--product=a b cannot stand in an address")
                .contains("Usage: scaffold");
    }

    @Test
    void notesAreCommentsSoThatTheResultIsAContractAlsoWhereABuildToolJoinsBothOutputs() throws IOException {
        Path withoutFeed = SharedTables.table("covid_nyt");

        assertThat(scaffold("--table=" + withoutFeed, "--key=date,county,state"))
                .isZero();

        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("# "));
    }

    @Test
    void saysThatThereIsNoTable() {
        assertThat(scaffold("--table=" + folder.resolve("nothing"))).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("there is no Delta table at " + folder.resolve("nothing"))
                .contains("--key is missing");
    }

    @Test
    void isACommandAlsoBehindTheOptionsOfABuildTool() {
        assertThat(Commands.named(List.of("--spring.profiles.active=demo", "scaffold", "--key=id")))
                .isTrue();
        assertThat(Commands.named(List.of("--vitrine.contracts=scaffold"))).isFalse();
        assertThat(Commands.named(List.of())).isFalse();
    }

    private int scaffold(String... options) {
        return Commands.run(
                Stream.concat(Stream.of("scaffold"), Stream.of(options)).toList(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private Contracts load() throws IOException {
        Path contracts = Files.createDirectories(folder.resolve("contracts"));
        Files.write(contracts.resolve("draft.odcs.yaml"), out.toByteArray());
        return ContractsFolder.read(contracts, new Environment(null, false, name -> null));
    }
}
