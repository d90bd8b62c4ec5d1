package dev.vitrine.store.cosmos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.entity.EntityKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is kept comes back, and sorts as the values do.
class EncodingTest {

    private final long seed = Long.getLong("vitrine.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void textsComeBackAndSortByCodePointForServiceAndSdkAlike() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            texts.add(text());
        }
        texts.addAll(List.of("", "\uD7FF", "\uE000", "\uFFFF", "😀", "\uDC00", "\uD800"));
        texts.forEach(text -> assertThat(OrderedText.decode(OrderedText.encode(text)))
                .as("seed %d", seed)
                .isEqualTo(text));
        List<String> expected = new ArrayList<>(texts);
        expected.sort((left, right) ->
                Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray()));
        assertThat(sorted(texts, Comparator.naturalOrder())).as("seed %d", seed).isEqualTo(expected);
        assertThat(sorted(
                        texts,
                        (left, right) -> Arrays.compareUnsigned(
                                left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8))))
                .as("seed %d", seed)
                .isEqualTo(expected);
    }

    private static List<String> sorted(List<String> texts, Comparator<String> keptOrder) {
        List<String> sorted = new ArrayList<>(texts);
        sorted.sort(Comparator.comparing(OrderedText::encode, keptOrder));
        return sorted;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            int[] from = {random.nextInt(0x80), random.nextInt(0xD7F0, 0xE010), random.nextInt(0xFFF0, 0x10010)};
            text.appendCodePoint(from[random.nextInt(3)]);
        }
        return text.toString();
    }

    @Test
    void aPrefixStaysAPrefix() {
        for (int i = 0; i < 500; i++) {
            String prefix = text();
            assertThat(OrderedText.encode(prefix + "x" + text()))
                    .as("seed %d", seed)
                    .startsWith(OrderedText.encode(prefix));
        }
    }

    @Test
    void numbersComeBackAndSortByValue() {
        List<BigDecimal> numbers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            numbers.add(new BigDecimal(new BigInteger(random.nextInt(140), random), random.nextInt(-320, 320))
                    .multiply(BigDecimal.valueOf(random.nextInt(-1, 2))));
        }
        for (BigDecimal number : numbers) {
            assertThat(OrderedNumber.decodeDecimal(OrderedNumber.encode(number)))
                    .as("seed %d", seed)
                    .isEqualByComparingTo(number);
        }
        List<BigDecimal> byText = new ArrayList<>(numbers);
        byText.sort(Comparator.comparing(OrderedNumber::encode));
        assertThat(byText).as("seed %d", seed).isSortedAccordingTo(Comparator.naturalOrder());
        assertThat(OrderedNumber.encode(new BigDecimal("1.0"))).isEqualTo(OrderedNumber.encode(new BigDecimal("1.00")));
        assertThat(OrderedNumber.encode(new BigDecimal("1.5"))).isEqualTo("3500000000115");
        assertThat(OrderedNumber.encode(new BigDecimal("-1.5"))).isEqualTo("1499999999884:");
    }

    @Test
    void longsComeBackAndSortByValue() {
        List<Long> longs = new ArrayList<>(List.of(Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE, 1L << 53));
        random.longs(500).forEach(longs::add);
        longs.forEach(number -> assertThat(OrderedNumber.decodeLong(OrderedNumber.encode(number)))
                .isEqualTo(number));
        longs.sort(Comparator.comparing(OrderedNumber::encode));
        assertThat(longs).isSorted();
    }

    @Test
    void everyKeyHasAnIdOfItsOwnThatTheServiceTakes() {
        Set<EntityKey> keys = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            keys.add(EntityKey.of(text() + "/\\?#".charAt(random.nextInt(4)), random.nextLong()));
        }
        String large = "x".repeat(3000);
        keys.addAll(List.of(
                EntityKey.of("a,b", "c"),
                EntityKey.of("a", "b,c"),
                EntityKey.of("a~002cb", "c"),
                EntityKey.of(""),
                EntityKey.of("."),
                EntityKey.of(".."),
                EntityKey.of(" "),
                EntityKey.of(large),
                EntityKey.of(large + "y")));
        Set<String> ids = new HashSet<>();
        keys.forEach(key -> ids.add(Ids.of(key)));
        assertThat(ids)
                .as("seed %d", seed)
                .hasSameSizeAs(keys)
                .allSatisfy(id -> assertThat(id).matches("[A-Za-z0-9._,~-]+").hasSizeLessThanOrEqualTo(1023));
        assertThat(Ids.of(EntityKey.of(new BigDecimal("1.0")))).isEqualTo(Ids.of(EntityKey.of(new BigDecimal("1.00"))));
        assertThat(Ids.of(EntityKey.of("a/b", 7L))).isEqualTo("e-a~002fb,7");
        assertThat(Ids.container("sales", "dim customer", 3)).isEqualTo("sales~dim~0020customer~3");
    }

    @Test
    void rowsThatAreNoTextComeBackToo() {
        var item = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        byte[] row = {(byte) 0xC3, 0x28, 0};
        Texts.put(item, row);
        assertThat(Texts.get(item)).isEqualTo(row);
    }

    @Test
    void mergesSessionTokensByTheLaterOfEachRange() {
        SessionTokens tokens =
                SessionTokens.of("0:-1#5,1:-1#9").with("1:-1#10").with("0:-1#4").with("2:0#7#1=3");
        assertThat(tokens).hasToString("0:-1#5,1:-1#10,2:0#7#1=3");
        assertThat(SessionTokens.of(null)).isEqualTo(SessionTokens.NONE);
    }
}
