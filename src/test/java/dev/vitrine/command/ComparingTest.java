package dev.vitrine.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparingTest {

    private static final Path SAMPLE = Path.of("api-contracts/sales/v1/contract.odcs.yaml");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void tellsEachChangeOnALineAndWhatTheyComeTo() throws IOException {
        Path edited = Files.writeString(
                folder.resolve("edited.odcs.yaml"),
                Files.readString(SAMPLE).replace("name: comment\n", "name: remark\n"));

        assertThat(run(SAMPLE.toString(), edited.toString())).isEqualTo(Commands.BROKEN);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("breaking  customers.comment: renamed to remark")
                .endsWith("4 differences, 2 of them breaking: this needs version 2.0.0" + System.lineSeparator());
        assertThat(err.size()).isZero();
    }

    @Test
    void sayingThatNothingDiffersIsAnAnswerToo() {
        assertThat(run(SAMPLE.toString(), SAMPLE.toString())).isEqualTo(Commands.DONE);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("callers notice no difference");
    }

    @Test
    void needsTwoContracts() {
        assertThat(run(SAMPLE.toString())).isEqualTo(Commands.REFUSED);
        assertThat(run(SAMPLE.toString(), "nowhere.odcs.yaml")).isEqualTo(Commands.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("give two files", "nowhere.odcs.yaml", "Usage: compare <old");
        assertThat(out.size()).isZero();
    }

    @Test
    void isACommandBesideTheOther() {
        assertThat(Commands.named(List.of("--spring.profiles.active=demo", "compare", "a", "b")))
                .isTrue();
        assertThat(Commands.named(List.of("--spring.profiles.active=demo"))).isFalse();
    }

    private int run(String... files) {
        List<String> arguments = new java.util.ArrayList<>(List.of("compare"));
        arguments.addAll(List.of(files));
        return Commands.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
