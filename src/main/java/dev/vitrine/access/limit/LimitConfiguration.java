package dev.vitrine.access.limit;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Makes plans and limits out of the configuration.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitProperties.class)
class LimitConfiguration {

    @Bean
    LocalQuotas localQuotas() {
        return new LocalQuotas(LimitConfiguration::millis);
    }

    @Bean
    Limits limits(LimitProperties properties, Quotas quotas, MeterRegistry meters) {
        Map<String, List<Window>> products = new HashMap<>();
        properties
                .products()
                .forEach((product, limits) -> products.put(
                        product, Plan.windows("vitrine.limits.products." + product, product + ':', limits)));
        return new Limits(new Plans(properties), quotas, products, meters);
    }

    @Bean
    AddressLimit addressLimit(LimitProperties properties) {
        Window window = Window.parse("vitrine.limits.addresses", "address", properties.addresses());
        return new AddressLimit(new LocalQuotas(LimitConfiguration::millis), window);
    }

    private static long millis() {
        return System.nanoTime() / 1_000_000;
    }
}
