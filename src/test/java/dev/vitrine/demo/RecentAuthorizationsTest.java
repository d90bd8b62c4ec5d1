package dev.vitrine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

class RecentAuthorizationsTest {

    private final RecentAuthorizations authorizations = new RecentAuthorizations();

    @Test
    void forgetsTheOldestAndKeepsTheNewest() {
        for (int number = 0; number <= RecentAuthorizations.MOST; number++) {
            authorizations.save(authorization(number));
        }

        assertThat(authorizations.findByToken("token 0", OAuth2TokenType.ACCESS_TOKEN))
                .isNull();
        assertThat(authorizations.findByToken("token 1", OAuth2TokenType.ACCESS_TOKEN))
                .isNotNull();
        assertThat(authorizations.findById("id " + RecentAuthorizations.MOST)).isNotNull();
    }

    @Test
    void whatIsSavedAgainCountsAsNew() {
        for (int number = 0; number < RecentAuthorizations.MOST; number++) {
            authorizations.save(authorization(number));
        }
        authorizations.save(authorization(0));

        authorizations.save(authorization(RecentAuthorizations.MOST));

        assertThat(authorizations.findById("id 0")).isNotNull();
        assertThat(authorizations.findById("id 1")).isNull();
    }

    private static OAuth2Authorization authorization(int number) {
        RegisteredClient client = RegisteredClient.withId("demo")
                .clientId("demo")
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .build();
        Instant now = Instant.now();
        return OAuth2Authorization.withRegisteredClient(client)
                .id("id " + number)
                .principalName("demo")
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .accessToken(new OAuth2AccessToken(
                        OAuth2AccessToken.TokenType.BEARER, "token " + number, now, now.plusSeconds(60)))
                .build();
    }
}
