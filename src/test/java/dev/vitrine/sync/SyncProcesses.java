package dev.vitrine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The processes that a test starts; it leaves none behind.
final class SyncProcesses implements AfterEachCallback {

    private final List<Process> started = new ArrayList<>();

    /// See [SyncProcess#start].
    Process start(Path store, Map<String, Path> tables, String... jvmArguments) throws IOException {
        Process process = SyncProcess.start(store, tables, jvmArguments);
        started.add(process);
        return process;
    }

    /// Kills a process that must still be running.
    static void kill(Process process) throws InterruptedException {
        assertThat(process.isAlive()).isTrue();
        process.destroyForcibly().waitFor();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        started.forEach(Process::destroyForcibly);
    }
}
