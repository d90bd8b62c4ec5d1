package dev.vitrine.rest;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.GoldTable;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/// The HTTP door with the real security chain, in front of entities that the tests choose. No configuration class by
/// annotation, so that tests of the whole application do not find it.
@EnableAutoConfiguration
@ComponentScan({"dev.vitrine.rest", "dev.vitrine.access"})
class RestTestApplication {

    @Bean
    ChosenContracts contracts() {
        return new ChosenContracts();
    }

    @Bean
    ChosenEntities entities() {
        return new ChosenEntities();
    }

    @Bean
    ChosenIssuer jwtDecoder() {
        return new ChosenIssuer();
    }

    /// An issuer whose keys a test can put out of reach.
    static final class ChosenIssuer implements JwtDecoder {

        private final JwtDecoder reached = TestTokens.decoder();
        private final JwtDecoder unreachable =
                NimbusJwtDecoder.withJwkSetUri("http://127.0.0.1:1/keys").build();
        volatile boolean away;

        @Override
        public Jwt decode(String token) {
            return (away ? unreachable : reached).decode(token);
        }
    }

    /// Contracts that a test can change while the service runs.
    static final class ChosenContracts implements Contracts {

        volatile List<DataProduct> products = SampleProducts.ALL;

        @Override
        public List<DataProduct> products() {
            return products;
        }

        @Override
        public List<GoldTable> tables() {
            return List.of();
        }
    }
}
