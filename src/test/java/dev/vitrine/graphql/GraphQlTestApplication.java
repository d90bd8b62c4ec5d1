package dev.vitrine.graphql;

import dev.vitrine.TokenSigner;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.embedded.EmbeddedStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.util.FileSystemUtils;

/// Both HTTP doors with the real security chain, query and store; only the worker is missing. No configuration class by
/// annotation, so that tests of the whole application do not find it.
@EnableAutoConfiguration
@ComponentScan({"dev.vitrine.graphql", "dev.vitrine.rest", "dev.vitrine.access", "dev.vitrine.query"})
class GraphQlTestApplication {

    private static final TokenSigner SIGNER = new TokenSigner();

    /// A token with these scopes, separated by spaces.
    static String token(String scopes) {
        return SIGNER.sign(scopes, Instant.now().plusSeconds(3600));
    }

    /// The same for another subject than everybody.
    static String token(String subject, String scopes) {
        return SIGNER.sign(subject, scopes, Instant.now().plusSeconds(3600));
    }

    @Bean
    ChosenContracts contracts() {
        return new ChosenContracts();
    }

    /// Gone at the next run.
    @Bean
    Shop shop(ChosenContracts contracts) throws IOException {
        Path folder = Path.of("target", "graphql-test");
        FileSystemUtils.deleteRecursively(folder);
        Files.createDirectories(folder);
        return new Shop(EmbeddedStores.open(folder), contracts);
    }

    @Bean
    EntityStore entityStore(Shop shop) {
        return shop.countingStore();
    }

    @Bean
    JwtDecoder jwtDecoder() {
        return NimbusJwtDecoder.withPublicKey(SIGNER.publicKey()).build();
    }
}
