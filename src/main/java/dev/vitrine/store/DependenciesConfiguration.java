package dev.vitrine.store;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the services that we depend on are to health and metrics.
@Configuration(proxyBeanMethods = false)
class DependenciesConfiguration {

    @Bean
    Dependencies dependencies(MeterRegistry registry) {
        return new Dependencies(registry);
    }

    /// Up in any case: without them the process serves what it can.
    @Bean
    HealthIndicator dependenciesHealthIndicator(Dependencies dependencies) {
        return () -> {
            Health.Builder health = Health.up();
            dependencies
                    .states()
                    .forEach((name, state) ->
                            health.withDetail(name, state.name().toLowerCase(Locale.ROOT)));
            return health.build();
        };
    }
}
