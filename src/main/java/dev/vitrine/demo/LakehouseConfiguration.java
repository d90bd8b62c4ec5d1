package dev.vitrine.demo;

import dev.vitrine.contract.Contracts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile("demo")
class LakehouseConfiguration {

    @Bean
    LivingLakehouse lakehouse(
            @Value("${vitrine.data}") String data,
            @Value("${vitrine.demo.every:5s}") Duration every,
            Contracts contracts) {
        return new LivingLakehouse(Lakehouse.below(Path.of(data)), contracts, every, Clock.systemUTC());
    }
}
