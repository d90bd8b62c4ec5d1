package dev.vitrine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.embedded.EmbeddedStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysInStoreTest {

    @TempDir
    Path folder;

    @Test
    void noChangeOfTwoProcessesIsLost() throws Exception {
        try (EntityStore one = EmbeddedStores.open(folder);
                EntityStore two = EmbeddedStores.open(folder);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> changes = new ArrayList<>();
            for (EntityStore store : List.of(one, two, one, two)) {
                KeysInStore keys = new KeysInStore(store);
                changes.add(threads.submit(() -> {
                    for (int i = 0; i < 5; i++) {
                        keys.change(kept -> (text(kept.orElse(new byte[0])) + "x").getBytes(StandardCharsets.UTF_8));
                    }
                }));
            }
            for (Future<?> change : changes) {
                change.get();
            }

            assertThat(text(new KeysInStore(two).read().orElseThrow())).isEqualTo("x".repeat(20));
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
