package dev.vitrine.store.cosmos;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The Cosmos DB account, `vitrine.cosmos.*`.
///
/// @param endpoint `https://<account>.documents.azure.com:443/`
/// @param key account key; null: the identity that the process runs under
/// @param database name, created if it is not there
/// @param gateway whether to go through the account's gateway alone, rather than to its partitions
/// @param autoscale most request units a second of each container; null: as the database or the account has it
/// @param timeout of one call
/// @param patience how long a call is tried again while the account is busy or out of reach
/// @param readTimeout how long a reader of the API waits, attempts and all
/// @param checkpointAge how old the checkpoint may be that a process reads by
/// @param staging how much of a commit is kept in memory, per table, until it is published; more goes to a file in the
///     folder for temporary files
/// @param tombstones how long a deleted key stays known, so that a writer that was stopped meanwhile cannot bring it
/// back
@ConfigurationProperties("vitrine.cosmos")
record CosmosProperties(
        @Nullable String endpoint,
        @Nullable String key,
        @DefaultValue("vitrine") String database,
        @DefaultValue("false") boolean gateway,
        @Nullable Integer autoscale,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("30s") Duration patience,
        @DefaultValue("2s") Duration readTimeout,
        @DefaultValue("500ms") Duration checkpointAge,
        @DefaultValue("64MB") DataSize staging,
        @DefaultValue("1h") Duration tombstones) {}
