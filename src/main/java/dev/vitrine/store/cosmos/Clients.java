package dev.vitrine.store.cosmos;

import com.azure.cosmos.ConsistencyLevel;
import com.azure.cosmos.CosmosAsyncClient;
import com.azure.cosmos.CosmosAsyncDatabase;
import com.azure.cosmos.CosmosClientBuilder;
import com.azure.cosmos.CosmosEndToEndOperationLatencyPolicyConfigBuilder;
import com.azure.cosmos.CosmosException;
import com.azure.cosmos.ThrottlingRetryOptions;
import com.azure.cosmos.models.CosmosDatabaseResponse;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.vitrine.store.StoreFailure;
import java.time.Duration;

/// Opens an account.
final class Clients {

    private static final int FORBIDDEN = 403;
    private static final int UNAUTHORIZED = 401;

    private Clients() {}

    /// Tries again while the account is busy or out of reach, as long as [CosmosProperties#patience()] says.
    ///
    /// @throws StoreFailure if it cannot be reached or refuses
    static CosmosAsyncClient open(CosmosProperties properties) {
        String endpoint = properties.endpoint();
        if (endpoint == null) {
            throw new StoreFailure(
                    "vitrine.store is cosmos: set vitrine.cosmos.endpoint to the address of the account");
        }
        CosmosClientBuilder builder = new CosmosClientBuilder()
                .endpoint(endpoint)
                // what a reader brings along of other processes' writes counts from this level up
                .consistencyLevel(ConsistencyLevel.SESSION)
                .contentResponseOnWriteEnabled(false)
                .endToEndOperationLatencyPolicyConfig(
                        new CosmosEndToEndOperationLatencyPolicyConfigBuilder(properties.timeout()).build())
                .throttlingRetryOptions(
                        new ThrottlingRetryOptions().setMaxRetryWaitTime(shorter(properties.patience())));
        if (properties.key() == null) {
            builder.credential(new DefaultAzureCredentialBuilder().build());
        } else {
            builder.key(properties.key());
        }
        if (properties.gateway() || endpoint.startsWith("http:")) {
            builder.gatewayMode();
        }
        if (endpoint.startsWith("http:")) {
            builder.endpointDiscoveryEnabled(false);
        }
        Calls.Rests rests = new Calls.Rests(properties.patience());
        while (true) {
            try {
                return builder.buildAsyncClient();
            } catch (RuntimeException e) {
                if (!(e.getCause() instanceof CosmosException refused)
                        || !Calls.passes(refused)
                        || !rests.rest(refused.getRetryAfterDuration())) {
                    throw new StoreFailure("cannot open the Cosmos DB account " + endpoint + ": " + e.getMessage(), e);
                }
            }
        }
    }

    /// The service's client does not take longer.
    private static Duration shorter(Duration patience) {
        Duration most = Duration.ofSeconds(60);
        return patience.compareTo(most) > 0 ? most : patience;
    }

    /// The database, created if it is not there.
    static CosmosAsyncDatabase database(CosmosAsyncClient client, CosmosProperties properties, Calls calls) {
        try {
            calls.askAgain(
                    "create database",
                    () -> client.createDatabaseIfNotExists(properties.database()),
                    CosmosDatabaseResponse::getRequestCharge);
            return client.getDatabase(properties.database());
        } catch (CosmosException e) {
            if (e.getStatusCode() == Calls.CONFLICT) {
                // another process was quicker
                return client.getDatabase(properties.database());
            }
            if (e.getStatusCode() == FORBIDDEN || e.getStatusCode() == UNAUTHORIZED) {
                throw new StoreFailure(
                        "Cosmos DB does not let this identity create database %s (%d): create it, and give the identity the right to read and write its items"
                                .formatted(properties.database(), e.getStatusCode()),
                        e);
            }
            throw calls.failure("open database " + properties.database(), e);
        }
    }
}
