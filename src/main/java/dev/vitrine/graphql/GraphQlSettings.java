package dev.vitrine.graphql;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What one GraphQL request may ask for.
///
/// @param maxDepth fields inside each other
/// @param maxComplexity values that the answer can have at most, as far as the document tells
/// @param maxAliases fields that are given another name
/// @param maxTime after this time nothing more is read; what was read by then is answered
/// @param trustedDocuments whether only the documents beside the contract are run
@ConfigurationProperties("vitrine.graphql")
record GraphQlSettings(
        @DefaultValue("15") int maxDepth,
        @DefaultValue("20000") long maxComplexity,
        @DefaultValue("30") int maxAliases,
        @DefaultValue("10s") Duration maxTime,
        @DefaultValue("false") boolean trustedDocuments) {}
