package dev.vitrine.contract.odcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each `broken/<case>.odcs.yaml` has a `<case>.problems` beside it: what is said about it, in full.
class BrokenContractsTest {

    private static final Path BROKEN = Path.of("src/test/resources/contract/broken");

    static List<Path> broken() throws IOException {
        try (Stream<Path> files = Files.list(BROKEN)) {
            return files.filter(file -> file.toString().endsWith(".odcs.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("broken")
    void saysAllThatIsWrongAndWhere(Path file) throws IOException {
        String name = file.getFileName().toString().replace(".odcs.yaml", ".problems");
        Problems problems = new Problems(file.getFileName().toString());

        new ContractReader(new Environment(null, false, key -> null), problems).read(Files.readAllBytes(file), file);

        String said = problems.list().stream().map(Problem::toString).collect(Collectors.joining("\n", "", "\n"));
        // where they differ on purpose, this file replaces the expected one
        Path kept = Files.createDirectories(Path.of("target/contract-problems")).resolve(name);
        Files.writeString(kept, said);
        assertThat(said).isEqualTo(Files.readString(BROKEN.resolve(name)));
    }
}
