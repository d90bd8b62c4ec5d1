package dev.vitrine.access.audit;

import dev.vitrine.access.AccessMisconfigured;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Keeps the audit's events, unless there are to be none.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "vitrine.audit.enabled", matchIfMissing = true)
@EnableConfigurationProperties(AuditProperties.class)
class AuditConfiguration {

    @Bean
    AuditTrail auditTrail(AuditProperties properties, MeterRegistry meters) {
        Path folder = Path.of(properties.folder());
        requireWritable(folder);
        AuditFiles files = new AuditFiles(
                folder,
                properties.maxFileSize().toBytes(),
                properties.maxFiles(),
                properties.strict(),
                InstantSource.system());
        AuditTrail trail = new AuditTrail(files, properties.strict(), properties.queue(), properties.recent());
        FunctionCounter.builder("vitrine.audit.events", trail, AuditTrail::written)
                .tag("outcome", "written")
                .register(meters);
        FunctionCounter.builder("vitrine.audit.events", trail, AuditTrail::lost)
                .tag("outcome", "lost")
                .register(meters);
        return trail;
    }

    @Bean
    AuditEndpoint auditEndpoint(AuditTrail trail) {
        return new AuditEndpoint(trail);
    }

    private static void requireWritable(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unwritable(folder, e.toString());
        }
        if (!Files.isWritable(folder)) {
            throw unwritable(folder, "it is not writable");
        }
    }

    private static AccessMisconfigured unwritable(Path folder, String why) {
        return new AccessMisconfigured(
                "Audit events cannot be written to %s: %s.".formatted(folder.toAbsolutePath(), why),
                "Make the folder writable, set vitrine.audit.folder to another one, or vitrine.audit.enabled=false.");
    }
}
