package dev.vitrine.access.audit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Where audit events go.
///
/// @param enabled whether there are any
/// @param folder of the files; text, since Spring would look a relative path up as a resource of the web application
/// @param strict whether requests wait rather than that an event is lost
/// @param queue events that may wait to be written
/// @param maxFileSize when a file is long enough and the next one is begun
/// @param maxFiles that are kept
/// @param recent events that can be searched
@ConfigurationProperties("vitrine.audit")
record AuditProperties(
        @DefaultValue("true") boolean enabled,
        String folder,
        @DefaultValue("false") boolean strict,
        @DefaultValue("10000") int queue,
        @DefaultValue("100MB") DataSize maxFileSize,
        @DefaultValue("20") int maxFiles,
        @DefaultValue("10000") int recent) {}
