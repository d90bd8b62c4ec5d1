package dev.vitrine.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.web.server.ResponseStatusException;

class ApiKeysTest {

    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    private static final Duration STALE = Duration.ofMinutes(10);
    private static final SortedSet<String> READ = new TreeSet<>(List.of("sales:read"));
    private static final SortedMap<String, String> EUROPE = new TreeMap<>(Map.of("region", "EUROPE"));

    private final MemoryShelf shelf = new MemoryShelf();
    private volatile Instant now = START;
    private final ApiKeys keys = process();
    private final ApiKeys others = process();

    @AfterEach
    void close() {
        keys.close();
        others.close();
    }

    @Test
    void opensWhatItWasMadeFor() {
        Caller caller = keys.verify(make().whole()).getPrincipal();

        assertThat(caller.subject()).isEqualTo("till 7");
        assertThat(caller.client()).startsWith("key-");
        assertThat(caller.scopes()).containsExactly("sales:read");
        assertThat(caller.claims()).containsEntry("region", "EUROPE").containsEntry("sub", "till 7");
    }

    @Test
    void isTheSameCallerWhileNothingChanges() {
        String key = make().whole();
        Caller first = keys.verify(key).getPrincipal();
        later(Duration.ofSeconds(5));

        read();

        assertThat(keys.verify(key).getPrincipal()).isSameAs(first);
    }

    @Test
    void keepsNoSecret() {
        KeyText text = make();

        String kept = new String(shelf.read().orElseThrow(), StandardCharsets.UTF_8);
        assertThat(kept).contains(text.id()).doesNotContain(text.secret());
        assertThat(text.toString()).doesNotContain(text.secret());
    }

    @Test
    void refusesWhatIsNoKey() {
        KeyText good = make();
        String whole = good.whole();
        for (String bad : List.of(
                "",
                "vitrine_",
                good.secret(),
                whole + "A",
                whole.substring(0, whole.length() - 1),
                whole.substring(0, whole.length() - 2) + "AA",
                new KeyText(good.id(), KeyText.made().secret()).whole(),
                KeyText.made().whole())) {
            refused(keys, bad);
        }
    }

    @Test
    void endsWhenItSays() {
        String key = make().whole();
        later(Duration.ofDays(365).minusSeconds(1));
        read();
        keys.verify(key);

        later(Duration.ofSeconds(1));

        refused(keys, key);
    }

    @Test
    void bothSecretsAreGoodWhileTheyOverlap() {
        KeyText first = make();
        ApiKeys.Made second =
                keys.rotate(first.id(), Duration.ofMinutes(5), "ada").orElseThrow();
        keys.verify(first.whole());
        keys.verify(second.text().whole());

        later(Duration.ofMinutes(5));

        refused(keys, first.whole());
        keys.verify(second.text().whole());
    }

    @Test
    void anotherRotationProlongsNothing() {
        KeyText first = make();
        keys.rotate(first.id(), Duration.ofMinutes(5), "ada");
        keys.rotate(first.id(), Duration.ofDays(5), "ada");

        later(Duration.ofMinutes(5));

        refused(keys, first.whole());
    }

    @Test
    void everyProcessKnowsWithinASecondWhatWasRevoked() throws InterruptedException {
        String key = make().whole();
        String id = keys.all().getFirst().id();
        within(Duration.ofSeconds(1), () -> isGood(others, key));

        keys.revoke(id, "ada");

        refused(keys, key);
        within(Duration.ofSeconds(1), () -> !isGood(others, key));
        assertThat(keys.revoke(id, "ada")).isEmpty();
        assertThat(keys.rotate(id, null, "ada")).isEmpty();
    }

    @Test
    void everyProcessKnowsWithinASecondWhichRolesAreLeft() throws InterruptedException {
        KeyText key = make();
        keys.change(key.id(), new TreeSet<>(List.of("other:read")), null, null, "ada");

        within(
                Duration.ofSeconds(1),
                () -> isGood(others, key.whole())
                        && others.verify(key.whole())
                                .getPrincipal()
                                .scopes()
                                .equals(new TreeSet<>(List.of("other:read"))));
        assertThat(others.verify(key.whole()).getPrincipal().claims()).containsEntry("region", "EUROPE");
    }

    @Test
    void theLastKnownKeysCountWhileTheyCannotBeReadButNotForEver() {
        String key = make().whole();
        shelf.gone = true;
        later(STALE);
        keys.verify(key);

        later(Duration.ofMillis(1));

        assertThatThrownBy(() -> keys.verify(key)).isInstanceOf(AuthenticationServiceException.class);
        shelf.gone = false;
        read();
        keys.verify(key);
    }

    @Test
    void startsWithoutTheShelfAndSaysThatItCannotTell() {
        String key = make().whole();
        shelf.gone = true;
        try (ApiKeys late = process()) {
            assertThatThrownBy(() -> late.verify(key)).isInstanceOf(AuthenticationServiceException.class);
        }
    }

    @Test
    void forgetsKeysThatEndedLongAgo() {
        make();
        keys.revoke(keys.all().getFirst().id(), "ada");
        later(Duration.ofDays(31));

        KeyText next = make();

        assertThat(keys.all()).extracting(ApiKey::id).containsExactly(next.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a \"b\"", "a vitrine:operate", "ä"})
    void refusesScopesThatAKeyCannotHave(String scopes) {
        refuses(words -> words.scopes(scopes), "scopes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"region", "=a", "sub=root", "a=b,iss=x", "a=b\u0001"})
    void refusesClaimsThatAKeyCannotHave(String claims) {
        refuses(words -> words.claims(claims), "claims");
    }

    @ParameterizedTest
    @CsvSource({"90d, 2027-02-22T10:00:00Z", "2027-01-31T00:00:00Z, 2027-01-31T00:00:00Z"})
    void readsEndsInEitherForm(String text, Instant end) {
        assertThat(new KeyWords().end(text, START)).isEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"never", "-1d", "2026-01-01T00:00:00Z", "Z", "999999999999d", "3651d", "5"})
    void refusesEndsThatCannotBeMeant(String text) {
        refuses(words -> words.end(text, START), "expires");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1s", "366d", "5"})
    void refusesOverlapsThatCannotBeMeant(String text) {
        refuses(words -> words.overlap(text), "overlap is '" + text + "': write a time such as 1h, from 0s to 365d");
    }

    @Test
    void refusesTooMuchAndSaysHowMuchThereMayBe() {
        String many = IntStream.range(0, 51).mapToObj(i -> "s" + i).collect(Collectors.joining(" "));
        refuses(words -> words.scopes(many), "scopes holds 51 scopes, of at most 50");
        refuses(words -> words.scopes("x".repeat(1001)), "scopes has 1001 characters, of at most 1000");
        String claims = IntStream.range(0, 21).mapToObj(i -> i + "=x").collect(Collectors.joining(","));
        refuses(words -> words.claims(claims), "claims holds 21 claims, of at most 20");
        refuses(words -> words.claims("a=" + "x".repeat(999)), "claims has 1001 characters, of at most 1000");
        refuses(words -> words.name("x".repeat(100_000)), "name is '" + "x".repeat(100) + "…': say in up to 100");
    }

    @Test
    void aKeyHasRoomForFourSecretsAndEndsNoneSoonerThanWasSaid() {
        KeyText first = make();
        for (int hours = 1; hours <= 3; hours++) {
            assertThat(keys.rotate(first.id(), Duration.ofHours(hours), "ada")).isPresent();
        }

        assertThatThrownBy(() -> keys.rotate(first.id(), Duration.ofHours(4), "ada"))
                .isInstanceOf(TooManySecrets.class)
                .hasMessageContaining("is good until " + START.plus(Duration.ofHours(1)));
        keys.verify(first.whole());

        later(Duration.ofHours(1));
        read();
        refused(keys, first.whole());
        assertThat(keys.rotate(first.id(), Duration.ofHours(4), "ada")).isPresent();
        KeyText last =
                keys.rotate(first.id(), Duration.ZERO, "ada").orElseThrow().text();
        assertThat(keys.all().getFirst().good(now)).hasSize(1);
        keys.verify(last.whole());
    }

    @Test
    void keysThatTakeAllTheRoomLeaveNoneForMore() {
        SortedSet<String> scopes = new TreeSet<>(List.of("x".repeat(400_000)));
        keys.make("a", scopes, EUROPE, null, "ada");
        KeyText other = keys.make("b", scopes, EUROPE, null, "ada").text();

        assertThatThrownBy(() -> keys.make("c", scopes, EUROPE, null, "ada")).isInstanceOf(TooManyKeys.class);

        assertThat(keys.revoke(other.id(), "ada")).isPresent();
        refused(keys, other.whole());
    }

    private static void refuses(Consumer<KeyWords> reading, String why) {
        KeyWords words = new KeyWords();
        reading.accept(words);
        assertThatThrownBy(words::requireGood)
                .isInstanceOf(ResponseStatusException.class)
                .hasMessageContaining(why);
    }

    private ApiKeys process() {
        return new ApiKeys(
                shelf,
                new KeyProperties(
                        "X-API-Key", Duration.ofMillis(100), STALE, Duration.ofDays(365), Duration.ofHours(24)),
                () -> now);
    }

    private KeyText make() {
        return keys.make("till 7", READ, EUROPE, null, "ada").text();
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    /// A change that changes nothing reads them.
    private void read() {
        keys.revoke("nobody", "ada");
    }

    private static boolean isGood(ApiKeys process, String key) {
        try {
            process.verify(key);
            return true;
        } catch (InvalidBearerTokenException refused) {
            return false;
        }
    }

    private static void refused(ApiKeys process, String key) {
        assertThatThrownBy(() -> process.verify(key)).isInstanceOf(InvalidBearerTokenException.class);
    }

    private static void within(Duration time, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(10);
        }
    }
}
