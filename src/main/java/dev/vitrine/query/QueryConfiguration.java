package dev.vitrine.query;

import dev.vitrine.access.Grants;
import dev.vitrine.contract.Contracts;
import dev.vitrine.query.budget.DayBudget;
import dev.vitrine.store.EntityStore;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Opens the door to entity data.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QueryProperties.class)
class QueryConfiguration {

    private static final int SECRET_BYTES = 32;

    @Bean
    Entities entities(
            EntityStore store,
            Contracts contracts,
            Grants grants,
            QueryProperties properties,
            ObjectProvider<DayBudget> budget) {
        StoredEntities entities = new StoredEntities(
                store,
                contracts,
                grants,
                new Cursors(secret(properties, store)),
                properties.query().budget(),
                new VisitToll(grants));
        Entities counted = new CountedEntities(entities, grants);
        DayBudget ofDay = budget.getIfAvailable();
        return ofDay == null ? counted : new BudgetedEntities(counted, ofDay);
    }

    private static byte[] secret(QueryProperties properties, EntityStore store) {
        if (properties.secret() != null) {
            return properties.secret().getBytes(StandardCharsets.UTF_8);
        }
        byte[] made = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(made);
        return store.settingOr("cursor-secret", made);
    }
}
