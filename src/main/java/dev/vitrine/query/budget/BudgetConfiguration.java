package dev.vitrine.query.budget;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.store.EntityStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// There is a budget where one is configured.
@Configuration(proxyBeanMethods = false)
@Conditional(BudgetConfiguration.OnBudget.class)
@EnableConfigurationProperties(BudgetProperties.class)
class BudgetConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(BudgetConfiguration.class);

    @Bean(initMethod = "start")
    DayBudget dayBudget(
            EntityStore store,
            BudgetProperties properties,
            MeterRegistry meters,
            Contracts contracts,
            @Value("${vitrine.store:embedded}") String kind) {
        if (kind.equals("embedded")) {
            LOG.warn("vitrine.budget has no effect: the embedded store charges nothing");
        }
        Set<String> named = contracts.products().stream().map(DataProduct::name).collect(Collectors.toSet());
        properties.products().keySet().stream()
                .filter(product -> !named.contains(product))
                .forEach(product -> LOG.warn(
                        "vitrine.budget.products.{} protects nothing: no contract is of that product. There are {}",
                        product,
                        new TreeSet<>(named)));
        return new DayBudget(store, properties, meters, InstantSource.system());
    }

    @Bean
    BudgetHealth budgetHealthIndicator(DayBudget budget) {
        return new BudgetHealth(budget);
    }

    /// Something of `vitrine.budget` is set.
    static final class OnBudget implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return Binder.get(context.getEnvironment())
                    .bind("vitrine.budget", Bindable.mapOf(String.class, Object.class))
                    .isBound();
        }
    }
}
