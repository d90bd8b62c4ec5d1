package dev.vitrine.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderedDecimalTest {

    @ParameterizedTest
    @CsvSource({
        "0, 80",
        "0E+7, 80",
        "1, 8180000000010B",
        "1.00, 8180000000010B",
        "-1, 7F7FFFFFFFFEF4FF",
        "0.05, 817FFFFFFFFF33",
        "1234.5, 8180000000040D2333"
    })
    void encodesAsDescribed(BigDecimal number, String bytes) {
        assertThat(HexFormat.of().withUpperCase().formatHex(OrderedDecimal.encode(number)))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"1E+2147483647", "-1E+2147483647", "1E-2147483647", "-12345678901234567890E-2147483640"})
    void keepsExtremeExponents(BigDecimal number) {
        assertThat(OrderedDecimal.decode(OrderedDecimal.encode(number))).isEqualByComparingTo(number);
    }

    @Test
    void bytesCompareAsTheNumbersDo() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            BigDecimal left = number(random);
            BigDecimal right = random.nextInt(4) == 0 ? near(left, random) : number(random);
            int compared = Arrays.compareUnsigned(OrderedDecimal.encode(left), OrderedDecimal.encode(right));
            assertThat(Integer.signum(compared))
                    .as("seed %d: %s and %s", seed, left, right)
                    .isEqualTo(left.compareTo(right));
            assertThat(OrderedDecimal.decode(OrderedDecimal.encode(left))).isEqualByComparingTo(left);
        }
    }

    private static BigDecimal number(Random random) {
        return new BigDecimal(
                new BigInteger(random.nextInt(1, 130), random).multiply(BigInteger.valueOf(random.nextInt(-1, 2))),
                random.nextInt(-20, 40));
    }

    /// Equal in another scale, a little more, or the opposite.
    private static BigDecimal near(BigDecimal number, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> number.setScale(number.scale() + random.nextInt(1, 4));
            case 1 -> number.add(new BigDecimal(BigInteger.ONE, number.scale() + random.nextInt(3)));
            default -> number.negate();
        };
    }
}
