package dev.vitrine.store.embedded;

import dev.vitrine.store.EntityStore;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Keeps entities under `vitrine.data` unless `vitrine.store` names another store.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "vitrine.store", havingValue = "embedded", matchIfMissing = true)
class EmbeddedStoreConfiguration {

    @Bean
    EntityStore entityStore(@Value("${vitrine.data:./data}") Path data) {
        return new EmbeddedStore(data.resolve("store"), Clock.systemUTC());
    }
}
