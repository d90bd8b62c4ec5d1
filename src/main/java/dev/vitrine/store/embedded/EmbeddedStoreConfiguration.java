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

    /// @param data as text, since Spring would look a relative path up as a resource of the web application
    @Bean
    EntityStore entityStore(@Value("${vitrine.data:./data}") String data) {
        return new EmbeddedStore(Path.of(data, "store"), Clock.systemUTC());
    }
}
