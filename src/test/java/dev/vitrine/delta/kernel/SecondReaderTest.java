package dev.vitrine.delta.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.SharedTables;
import dev.vitrine.delta.GoldTables;
import io.delta.standalone.DeltaLog;
import io.delta.standalone.VersionLog;
import io.delta.standalone.actions.Action;
import io.delta.standalone.actions.AddCDCFile;
import io.delta.standalone.actions.AddFile;
import io.delta.standalone.actions.FileAction;
import io.delta.standalone.actions.RemoveFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An independent reader of the log names the same files and versions, within its protocol (1/2 and what happens to be
/// harmless beyond it; domain metadata, as of clustered tables, it cannot follow). It reads no data: it corrupts
/// decimals.
class SecondReaderTest {

    private static final DeltaEngine ENGINE = new DeltaEngine(Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "corpus/tables/a_plain",
                "corpus/tables/a_empty",
                "corpus/tables/b_part",
                "corpus/tables/f_ckpt_cleanup",
                "corpus/tables/g_cdf_gap",
                "corpus/tables/h_addcol",
                "corpus/tables/i_cluster",
                "corpus/tables/j_overwrite",
                "gold/fact_orders",
                "covid_nyt"
            })
    void namesTheSameFilesOfTheNewestSnapshot(String name) {
        Path place = SharedTables.table(name);
        KernelSnapshot ours = new KernelTable(ENGINE, GoldTables.whole(place)).latest();
        var theirs = log(place).snapshot();

        assertThat(ours.version()).isEqualTo(theirs.getVersion());
        assertThat(ours.tableId()).isEqualTo(theirs.getMetadata().getId());
        assertThat(names(ours.reads()))
                .isEqualTo(new TreeSet<>(theirs.getAllFiles().stream()
                        .map(file -> name(file.getPath()))
                        .toList()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "corpus/tables/a_plain",
                "corpus/tables/b_part",
                "corpus/tables/h_addcol",
                "corpus/tables/j_overwrite",
                "gold/fact_orders"
            })
    void namesTheSameFilesOfEveryCommit(String name) {
        Path place = SharedTables.table(name);
        Map<Long, TreeSet<String>> theirs = new HashMap<>();
        for (Iterator<VersionLog> commits = log(place).getChanges(1, true); commits.hasNext(); ) {
            VersionLog commit = commits.next();
            theirs.put(commit.getVersion(), changed(commit.getActions()));
        }

        KernelTable table = new KernelTable(ENGINE, GoldTables.whole(place));
        KernelSnapshot start = table.at(0);
        Map<Long, TreeSet<String>> ours = new HashMap<>();
        try (KernelFeed feed =
                table.feedAfter(start.tableId(), 0, start.commitFile(), false).orElseThrow()) {
            while (feed.hasNext()) {
                KernelFeed.KernelCommit commit = feed.next();
                ours.put(commit.version(), names(commit.reads()));
            }
        }
        assertThat(ours).isEqualTo(theirs);
    }

    private static DeltaLog log(Path place) {
        return DeltaLog.forTable(new Configuration(), place.toString());
    }

    private static TreeSet<String> names(List<FileRead> reads) {
        return new TreeSet<>(
                reads.stream().map(read -> name(read.file().status().getPath())).toList());
    }

    /// The files that tell what a commit changed: change files alone where there are any.
    private static TreeSet<String> changed(List<Action> actions) {
        TreeSet<String> told = new TreeSet<>();
        TreeSet<String> data = new TreeSet<>();
        for (Action action : actions) {
            if (action instanceof AddCDCFile change) {
                told.add(name(change.getPath()));
            } else if ((action instanceof AddFile || action instanceof RemoveFile)
                    && ((FileAction) action).isDataChange()) {
                data.add(name(((FileAction) action).getPath()));
            }
        }
        return told.isEmpty() ? data : told;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
