package dev.vitrine.contract.odcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contract.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContractFuzzTest {

    private static final int ROUNDS = 1500;
    private static final List<String> SCRAPS = List.of(
            "",
            "null",
            "[]",
            "{}",
            "- ",
            "'",
            "\"",
            ": ",
            "*a",
            "&a ",
            "!!str ",
            "|",
            "#",
            "-1",
            "99999999999999999999",
            "1e999",
            "true",
            "\t",
            "\u0000",
            "😀",
            "${claim.x}",
            "(",
            "not ",
            "P1D",
            "decimal(99,1)",
            "\n",
            "  ");

    @Test
    void mutatedContractsAreReadOrRefusedButNeverThrow() throws IOException {
        long seed = System.nanoTime();
        System.out.println("ContractFuzzTest seed " + seed);
        Random random = new Random(seed);
        List<String> samples = new ArrayList<>();
        for (String sample : List.of(
                "api-contracts/sales/v1/contract.odcs.yaml", "src/test/resources/contract/everything.odcs.yaml")) {
            samples.add(Files.readString(Path.of(sample)));
        }
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String text = mutated(samples.get(round % samples.size()), random);
            Problems problems = new Problems("fuzz.odcs.yaml");
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            boolean read = new ContractReader(new Environment(null, true, key -> "x"), problems)
                    .read(bytes, Path.of("fuzz.odcs.yaml"))
                    .isPresent();
            assertThat(read || !problems.isEmpty())
                    .as("seed %d round %d", seed, round)
                    .isTrue();
            assertThat(problems.list()).allMatch(ContractFuzzTest::isReadable);
            refused += problems.isEmpty() ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(ROUNDS / 10);
    }

    private static boolean isReadable(Problem problem) {
        return !problem.message().contains("Exception") && !problem.fix().isBlank();
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(mutated.length());
            int until = Math.min(mutated.length(), at + random.nextInt(12));
            if (random.nextInt(4) == 0) {
                int end = mutated.indexOf("\n", at);
                until = end < 0 ? mutated.length() : end;
                int start = mutated.lastIndexOf(": ", at);
                at = start < 0 ? at : start + 2;
            }
            mutated.replace(at, Math.max(at, until), SCRAPS.get(random.nextInt(SCRAPS.size())));
        }
        return mutated.toString();
    }
}
