package dev.vitrine.access.key;

import dev.vitrine.access.KeyShelf;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Takes API keys beside tokens, unless there are to be none, or no place to keep them. (Whoever keeps them is a
/// scanned
/// component, and so known before this is asked.)
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(KeyShelf.class)
@ConditionalOnBooleanProperty(name = "vitrine.keys.enabled", matchIfMissing = true)
@EnableConfigurationProperties(KeyProperties.class)
class KeyConfiguration {

    @Bean
    ApiKeys apiKeys(KeyShelf shelf, KeyProperties properties) {
        return new ApiKeys(shelf, properties, InstantSource.system());
    }

    @Bean
    ApiKeysEndpoint apiKeysEndpoint(ApiKeys keys) {
        return new ApiKeysEndpoint(keys, InstantSource.system());
    }
}
