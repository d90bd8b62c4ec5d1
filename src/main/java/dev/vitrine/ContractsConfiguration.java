package dev.vitrine;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.odcs.Environment;
import dev.vitrine.contract.odcs.LiveContracts;
import dev.vitrine.contract.odcs.Storage;
import dev.vitrine.store.EntityStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Reads the contracts when the service starts, and follows their folder from then on. Broken ones refuse the start
/// only
/// if none were accepted before.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ContractsConfiguration.Settings.class)
class ContractsConfiguration {

    /// Text, since Spring would look a relative path up as a resource of the web application.
    ///
    /// @param contracts folder of the contracts
    /// @param server name of the ODCS server to read the tables from; without it the first of each contract
    /// @param drafts whether drafts and proposals are served
    @ConfigurationProperties("vitrine")
    record Settings(
            @DefaultValue("./api-contracts") String contracts,
            @Nullable String server,
            @DefaultValue("false") boolean drafts) {}

    @Bean
    LiveContracts contracts(Settings settings, org.springframework.core.env.Environment values, EntityStore store) {
        return LiveContracts.open(
                Path.of(settings.contracts()),
                new Environment(settings.server(), settings.drafts(), values::getProperty),
                new InStore(store),
                InstantSource.system());
    }

    @Bean
    ContractsWatch contractsWatch(LiveContracts contracts) {
        return new ContractsWatch(contracts);
    }

    @Bean
    ContractsHealth contractsHealthIndicator(LiveContracts contracts) {
        return new ContractsHealth(contracts);
    }

    @Bean
    MeterBinder contractMeters(LiveContracts contracts) {
        return registry -> Gauge.builder("vitrine.contracts.refused", contracts, ContractsHealth::refusedFiles)
                .description("Contract files that are not in force as they are, because something is wrong with them")
                .register(registry);
    }

    private record InStore(EntityStore store) implements Storage {

        private static final String NAME = "contracts";

        @Override
        public Optional<byte[]> kept() {
            return store.setting(NAME);
        }

        @Override
        public void keep(byte[] accepted) {
            store.putSetting(NAME, accepted);
        }

        @Override
        public boolean covers(GoldTable table) {
            return store.table(table).coversLayout();
        }
    }
}
