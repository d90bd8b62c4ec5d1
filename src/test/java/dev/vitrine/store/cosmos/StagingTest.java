package dev.vitrine.store.cosmos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.Revision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A commit that is put down in a file comes to the same as one in memory.
class StagingTest {

    private final long seed = Long.getLong("vitrine.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void aCommitInAFileComesToTheSameAsOneInMemory() {
        try (Staging memory = new Staging(Long.MAX_VALUE);
                Staging file = new Staging(2000)) {
            for (long version = 1; version <= 5; version++) {
                Revision by = new Revision(1, version, Instant.EPOCH.plusSeconds(version));
                for (int i = 0; i < 200; i++) {
                    String id = "e-" + random.nextInt(60);
                    Step step = step(version);
                    memory.add(id, step);
                    file.add(id, step);
                }
                apply(memory, by);
                apply(file, by);
                assertThat(texts(file)).as("seed %d", seed).isEqualTo(texts(memory));
            }
            file.clear();
            assertThat(texts(file)).isEmpty();
        }
    }

    private Step step(long version) {
        if (random.nextInt(3) == 0) {
            return new Step.Gone(random.nextBoolean() ? null : "hash " + random.nextInt(20), random.nextInt(5) == 0);
        }
        boolean servable = random.nextInt(5) > 0;
        int number = random.nextInt(20);
        List<@Nullable Object> values = Arrays.asList(null, true, (long) number, "text " + number);
        Copy copy = new Copy(
                ("row " + number).getBytes(StandardCharsets.UTF_8),
                "hash " + number,
                values,
                servable,
                version,
                1000 * version,
                Copy.NO_SEGMENT,
                null);
        return new Step.Added(
                copy, random.nextBoolean(), servable ? null : Reason.VALUE_OUT_OF_TYPE, servable ? null : "why");
    }

    private static void apply(Staging staging, Revision by) {
        Transition transition = new Transition(by, false, Instant.EPOCH);
        staging.forEach((steps, states) -> steps.forEach((id, some) -> {
            Stored there = new Stored(KeyState.ABSENT, "etag of " + id, 0, true, null);
            Pending known = states.getOrDefault(id, Pending.of(id, there, true));
            states.put(id, known.to(transition.apply(known.after(), some), by.version()));
        }));
    }

    private static Map<String, String> texts(Staging staging) {
        Map<String, String> texts = new HashMap<>();
        staging.forEach((steps, states) -> states.forEach((id, state) -> texts.put(id, text(state))));
        return texts;
    }

    private static String text(Pending state) {
        List<String> copies = new ArrayList<>();
        for (Copy copy : state.after().copies()) {
            copies.add(new String(copy.row(), StandardCharsets.UTF_8)
                    + copy.hash()
                    + copy.values()
                    + copy.servable()
                    + copy.written()
                    + copy.committed()
                    + copy.letter());
        }
        return copies + " " + state.after().dismissed() + state.after().reason()
                + state.before().etag() + state.version() + state.liveBefore() + state.live() + state.changed();
    }
}
