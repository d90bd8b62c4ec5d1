package dev.vitrine;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.odcs.ContractsFolder;
import dev.vitrine.contract.odcs.Environment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Reads the contracts when the service starts; broken ones refuse the start.
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
    Contracts contracts(Settings settings, org.springframework.core.env.Environment values) {
        return ContractsFolder.read(
                Path.of(settings.contracts()),
                new Environment(settings.server(), settings.drafts(), values::getProperty));
    }
}
