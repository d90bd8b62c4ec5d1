package dev.vitrine.query.budget;

import dev.vitrine.store.EntityStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
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

    @Bean(initMethod = "start")
    DayBudget dayBudget(EntityStore store, BudgetProperties properties, MeterRegistry meters) {
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
