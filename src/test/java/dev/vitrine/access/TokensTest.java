package dev.vitrine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/// What becomes of tokens while their issuer cannot be asked.
@ExtendWith(OutputCaptureExtension.class)
class TokensTest {

    private final AtomicInteger asked = new AtomicInteger();
    private Instant now = Instant.parse("2026-01-06T10:00:00Z");

    @Test
    void doesNotCallATokenBadWhileTheIssuerCannotBeAsked() {
        JwtDecoder nobodyThere = new SupplierJwtDecoder(() -> JwtDecoders.fromIssuerLocation("http://127.0.0.1:1"));

        unverifiable(new Tokens(nobodyThere, () -> now), "a.b.c");
    }

    @Test
    void leavesTheIssuerInPeaceForAWhileAfterAskingInVain() {
        Tokens tokens = new Tokens(this::decode, () -> now);

        unverifiable(tokens, "one");
        now = now.plusSeconds(4);
        unverifiable(tokens, "two");
        assertThat(asked).hasValue(1);

        now = now.plusSeconds(1);
        unverifiable(tokens, "three");
        assertThat(asked).hasValue(2);
    }

    @Test
    void keepsVerifyingWithTheKeysAtHandWhileTheIssuerIsAway() {
        Tokens tokens = new Tokens(this::decode, () -> now);
        tokens.authenticate(new BearerTokenAuthenticationToken("good"));

        unverifiable(tokens, "one");

        assertThat(tokens.authenticate(new BearerTokenAuthenticationToken("good, too"))
                        .getName())
                .isEqualTo("ada");
    }

    @Test
    void saysSoInOneLineAndSeldom(CapturedOutput output) {
        Tokens tokens = new Tokens(this::decode, () -> now);
        for (int seconds = 0; seconds < 30; seconds += 5) {
            unverifiable(tokens, "one");
            now = now.plusSeconds(5);
        }
        assertThat(output.toString())
                .containsOnlyOnce("Tokens cannot be verified")
                .contains("no keys: connection refused")
                .doesNotContain("\tat ");

        unverifiable(tokens, "one");
        assertThat(output.toString().split("Tokens cannot be verified", -1)).hasSize(3);
    }

    private Jwt decode(String token) {
        asked.incrementAndGet();
        if (token.startsWith("good")) {
            return Jwt.withTokenValue(token)
                    .header("alg", "RS256")
                    .subject("ada")
                    .build();
        }
        throw new JwtException("no keys", new IllegalStateException("connection\nrefused"));
    }

    private static void unverifiable(Tokens tokens, String token) {
        assertThatThrownBy(() -> tokens.authenticate(new BearerTokenAuthenticationToken(token)))
                .isInstanceOf(AuthenticationServiceException.class);
    }
}
