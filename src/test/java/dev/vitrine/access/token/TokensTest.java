package dev.vitrine.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import dev.vitrine.access.Caller;
import dev.vitrine.access.token.TokenProperties.TokenSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/// Tokens and the keys of their issuer, over the wire, with a clock that the tests move.
@ExtendWith(OutputCaptureExtension.class)
class TokensTest {

    private final Issuer issuer = new Issuer();
    private Instant now = Instant.now();
    private final Tokens tokens = tokens(new KeySets(issuer.name(), null));

    @AfterEach
    void close() {
        issuer.close();
    }

    @Test
    void findsTheKeysByDiscoveryAndAsksForThemOnce() {
        for (int i = 0; i < 3; i++) {
            assertThat(verify(issuer.token(claims -> claims.subject("ada"))).subject())
                    .isEqualTo("ada");
        }
        assertThat(issuer.asked()).isEqualTo(1);
    }

    @Test
    void asksAgainAtOnceForAKeyItDoesNotKnow() {
        verify(issuer.token(claims -> {}));
        later(Duration.ofSeconds(1));

        issuer.rotate("two");

        assertThat(verify(issuer.token(claims -> {})).subject()).isEqualTo("ada");
        assertThat(issuer.asked()).isEqualTo(2);
    }

    @Test
    void asksNoMoreThanOnceASecondForMadeUpKeys() {
        verify(issuer.token(claims -> {}));
        later(Duration.ofSeconds(1));

        for (int i = 0; i < 50; i++) {
            refused(madeUp("key-" + i));
        }

        assertThat(issuer.asked()).isEqualTo(2);
        later(Duration.ofSeconds(1));
        refused(madeUp("one-more"));
        assertThat(issuer.asked()).isEqualTo(3);
    }

    @Test
    void forgetsTheTokensOfAWithdrawnKey() throws InterruptedException {
        String token = issuer.token(claims -> claims.expirationTime(Date.from(now.plus(Duration.ofDays(2)))));
        verify(token);
        issuer.rotate("two");
        issuer.withdrawOlderKeys();

        later(Duration.ofMinutes(5).plusSeconds(1));
        verify(token);
        for (int i = 0; i < 200 && isTaken(token); i++) {
            Thread.sleep(20);
            later(Duration.ofMinutes(5).plusSeconds(1));
        }

        refused(token);
    }

    @Test
    void doesNotCallATokenBadWhileTheIssuerCannotBeAsked() {
        issuer.away(true);

        unverifiable(issuer.token(claims -> {}));
    }

    @Test
    void leavesAnIssuerThatIsAwayInPeaceForLongerAndLonger() {
        issuer.away(true);
        int failures = 0;
        int seconds = 0;
        for (int pause : List.of(1, 2, 4, 8, 16, 30, 30)) {
            unverifiable(issuer.token(claims -> {}));
            failures++;
            later(Duration.ofSeconds(pause).minusMillis(1));
            unverifiable(issuer.token(claims -> {}));
            later(Duration.ofMillis(1));
            seconds += pause;
        }
        assertThat(failures).isEqualTo(7);
        assertThat(seconds).isEqualTo(91);

        issuer.away(false);
        assertThat(verify(issuer.token(claims -> {})).subject()).isEqualTo("ada");
        assertThat(issuer.asked()).isEqualTo(1);
    }

    @Test
    void keepsVerifyingWithTheKeysAtHandWhileTheIssuerIsAway() {
        verify(issuer.token(claims -> {}));
        issuer.away(true);
        later(Duration.ofHours(23));

        assertThat(verify(tokenOfNow()).subject()).isEqualTo("ada");
        unverifiable(madeUp("unknown"));
        assertThat(verify(tokenOfNow()).subject()).isEqualTo("ada");
    }

    @Test
    void trustsKeysThatNobodyConfirmsForADayOnly() {
        verify(issuer.token(claims -> {}));
        issuer.away(true);
        later(Duration.ofHours(25));

        unverifiable(tokenOfNow());
    }

    @Test
    void takesNoKeysFromSomebodyElsesMetadata() {
        Tokens others = tokens(new KeySets(issuer.name() + "/", null));

        assertThatThrownBy(() -> others.verify(issuer.token(claims -> {})))
                .isInstanceOf(AuthenticationServiceException.class);
    }

    @Test
    void saysSoInOneLineAndSeldom(CapturedOutput output) {
        Tokens nobody = tokens(() -> {
            throw new IOException("no keys", new IllegalStateException("connection\nrefused"));
        });
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> nobody.verify(issuer.token(claims -> {})))
                    .isInstanceOf(AuthenticationServiceException.class);
            now = now.plusSeconds(1);
        }
        assertThat(output.toString())
                .containsOnlyOnce("The keys of the issuer")
                .contains("no keys: connection refused")
                .doesNotContain("\tat ");
    }

    @Test
    void refusesATokenThatNothingWouldEnd() {
        refused(issuer.token(claims -> claims.expirationTime(null)));
    }

    @Test
    void takesTokensOfSeveralIssuersEachByItsOwnRules() {
        try (Issuer other = new Issuer()) {
            TrustedIssuer one = trusted(issuer, "vitrine");
            TrustedIssuer two = trusted(other, "elsewhere");
            Tokens both = new Tokens(
                    new Issuers(
                            Map.of(
                                    issuer.name(), one.decoder(Duration.ofSeconds(60)),
                                    other.name(), two.decoder(Duration.ofSeconds(60))),
                            null),
                    new TokenReader(settings()),
                    () -> now);

            both.verify(issuer.token(claims -> {}));
            both.verify(other.token(claims -> claims.audience(List.of("elsewhere", "vitrine"))));

            assertThatThrownBy(() -> both.verify(other.token(claims -> {})))
                    .isInstanceOf(InvalidBearerTokenException.class);
            assertThatThrownBy(() -> both.verify(other.token(claims -> claims.issuer(issuer.name()))))
                    .isInstanceOf(InvalidBearerTokenException.class);
            int asked = issuer.asked() + other.asked();
            assertThatThrownBy(() -> both.verify(other.token(claims -> claims.issuer("https://elsewhere.example"))))
                    .isInstanceOf(InvalidBearerTokenException.class);
            assertThat(issuer.asked() + other.asked()).isEqualTo(asked);
        }
    }

    @Test
    void understandsTokensOfEntraId() {
        Caller person = verify(issuer.token(claims -> claims.claim("scope", null)
                .claim("azp", null)
                .claim("appid", "6731de76-14a6-49ae-97bc-6eba6914391e")
                .claim("scp", "sales.read profile")
                .claim("tid", "f8cdef31")));
        Caller program = verify(issuer.token(claims -> claims.claim("scope", null)
                .claim("azp", "6731de76-14a6-49ae-97bc-6eba6914391e")
                .claim("roles", List.of("sales.read", "sales.support"))));

        assertThat(person.scopes()).containsExactlyInAnyOrder("sales.read", "profile");
        assertThat(person.client()).isEqualTo("6731de76-14a6-49ae-97bc-6eba6914391e");
        assertThat(person.claims()).containsEntry("tid", "f8cdef31");
        assertThat(program.scopes()).containsExactlyInAnyOrder("sales.read", "sales.support");
    }

    private Tokens tokens(KeySource source) {
        IssuerKeys keys = new IssuerKeys(source, new IssuerTrouble(issuer.name(), () -> now), () -> now);
        TrustedIssuer trusted = new TrustedIssuer(
                issuer.name(),
                List.of(Issuer.AUDIENCE),
                new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256), keys));
        return new Tokens(trusted.decoder(Duration.ofDays(2)), new TokenReader(settings()), () -> now);
    }

    private TrustedIssuer trusted(Issuer which, String audience) {
        IssuerKeys keys =
                new IssuerKeys(new KeySets(which.name(), null), new IssuerTrouble(which.name(), () -> now), () -> now);
        return new TrustedIssuer(
                which.name(), List.of(audience), new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256), keys));
    }

    private static TokenSettings settings() {
        return new TokenSettings(
                Duration.ofSeconds(60), List.of("scope", "scp", "roles"), List.of("azp", "client_id", "appid"));
    }

    private String madeUp(String keyId) {
        return issuer.token(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId), claims -> {});
    }

    /// Its claims differ each time, so that it cannot be remembered.
    private String tokenOfNow() {
        return issuer.token(claims -> claims.claim("at", now.toString() + System.nanoTime()));
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    private Caller verify(String token) {
        return tokens.verify(token).getPrincipal();
    }

    private boolean isTaken(String token) {
        try {
            tokens.verify(token);
            return true;
        } catch (InvalidBearerTokenException refused) {
            return false;
        }
    }

    private void refused(String token) {
        assertThatThrownBy(() -> tokens.verify(token)).isInstanceOf(InvalidBearerTokenException.class);
    }

    private void unverifiable(String token) {
        assertThatThrownBy(() -> tokens.verify(token)).isInstanceOf(AuthenticationServiceException.class);
    }
}
