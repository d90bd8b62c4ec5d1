package dev.vitrine.store.redis;

import dev.vitrine.store.Dependencies;
import dev.vitrine.store.cache.CacheProperties;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/// Shares a cache in Redis, wherever `spring.data.redis.*` says it is.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "vitrine.cache.kind", havingValue = "redis")
// not as an auto-configuration: the application excludes those of Redis, wherever they are asked for
@Import(DataRedisAutoConfiguration.class)
class RedisConfiguration {

    private static final Duration RECONNECT_AFTER = Duration.ofMillis(500);

    @Bean
    RedisCache redisCache(RedisConnectionFactory connections, CacheProperties properties, Dependencies dependencies) {
        return new RedisCache(
                new Redis(connections, dependencies.breaker("redis"), properties.redisTimeout()), properties);
    }

    /// By default the pauses between attempts grow to half a minute.
    @Bean
    ClientResourcesBuilderCustomizer soonConnectedAgain() {
        return resources -> resources.reconnectDelay(Delay.constant(RECONNECT_AFTER));
    }

    /// A cache that is gone is done without, not waited for.
    @Bean
    LettuceClientOptionsBuilderCustomizer nothingQueuedWhileDisconnected() {
        return options -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
    }
}
