package dev.vitrine.access.redis;

import dev.vitrine.access.limit.LocalQuotas;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/// Counts limits in Redis instead of in the process.
@Configuration(proxyBeanMethods = false)
@Conditional(OnRedisLimits.class)
// not as an auto-configuration: the application excludes those of Redis, wherever they are asked for
@Import(DataRedisAutoConfiguration.class)
@EnableConfigurationProperties(RedisLimitProperties.class)
class RedisLimitConfiguration {

    @Bean
    @Primary
    RedisQuotas redisQuotas(
            RedisConnectionFactory connections,
            RedisLimitProperties properties,
            LocalQuotas local,
            MeterRegistry meters) {
        RedisQuotas quotas = new RedisQuotas(
                new RedisWindows(connections, properties.timeout()), local, () -> System.nanoTime() / 1_000_000);
        Gauge.builder("vitrine.limits.shared", quotas, any -> any.shared() ? 1 : 0)
                .description("Whether limits are counted for all processes together: 0 while Redis does not answer")
                .register(meters);
        return quotas;
    }
}
