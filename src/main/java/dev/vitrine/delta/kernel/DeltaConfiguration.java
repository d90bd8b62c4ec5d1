package dev.vitrine.delta.kernel;

import dev.vitrine.delta.DeltaTables;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Makes [DeltaTables] from the settings under `vitrine`.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeltaConfiguration.HadoopProperties.class)
class DeltaConfiguration {

    @Bean
    DeltaTables deltaTables(HadoopProperties properties) {
        return KernelTables.using(properties.hadoop());
    }

    /// What Hadoop's file systems are told.
    ///
    /// @param hadoop Hadoop's own settings, such as `fs.s3a.endpoint`
    @ConfigurationProperties("vitrine")
    record HadoopProperties(Map<String, String> hadoop) {
        HadoopProperties {
            hadoop = hadoop == null ? Map.of() : Map.copyOf(hadoop);
        }
    }
}
