package dev.vitrine.sync;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.kernel.KernelTables;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.embedded.EmbeddedStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/// The workers in a process of their own, to be killed.
///
/// Arguments: folder of the store, then `name=location` per table.
public final class SyncProcess {

    private SyncProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        List<GoldTable> tables = Arrays.stream(arguments)
                .skip(1)
                .map(argument -> argument.split("=", 2))
                .map(pair -> SparkTable.named(pair[0]).at(Path.of(pair[1])))
                .toList();
        ((Logger) LoggerFactory.getLogger("dev.vitrine.sync")).setLevel(Level.INFO);
        EntityStore store = EmbeddedStores.open(Path.of(arguments[0]));
        new SyncWorkers(
                        new Tables(tables),
                        Workers.shop(KernelTables.using(Map.of()), store, new SimpleMeterRegistry()))
                .start();
        Thread.currentThread().join();
    }

    /// Starts it. Its output goes to a file beside the store.
    ///
    /// @param tables location by name
    static Process start(Path store, Map<String, Path> tables, String... jvmArguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Duser.timezone=UTC", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of(jvmArguments));
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(SyncProcess.class.getName());
        command.add(store.toString());
        tables.forEach((name, location) -> command.add(name + "=" + location));
        File output = log(store).toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                .start();
    }

    /// What the processes over a store wrote.
    static Path log(Path store) {
        return store.resolveSibling(store.getFileName() + ".log");
    }

    private record Tables(List<GoldTable> tables) implements Contracts {

        @Override
        public List<DataProduct> products() {
            return List.of();
        }
    }
}
