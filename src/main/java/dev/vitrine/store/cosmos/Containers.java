package dev.vitrine.store.cosmos;

import com.azure.cosmos.CosmosAsyncDatabase;
import com.azure.cosmos.CosmosException;
import com.azure.cosmos.models.CosmosContainerProperties;
import com.azure.cosmos.models.CosmosContainerResponse;
import com.azure.cosmos.models.ThroughputProperties;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.StoreFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// The containers of a database. Threads may share it.
///
/// @param keepEvery how often it is noted how far a load is
record Containers(
        CosmosAsyncDatabase database, Calls calls, CosmosProperties properties, Clock clock, Duration keepEvery) {

    private static final int FORBIDDEN = 403;

    Container open(String name, Items items, String entity) {
        return new Container(database.getContainer(name), items, calls.forEntity(entity));
    }

    Writes writes(Container container) {
        return new Writes(container, properties.tombstones());
    }

    /// Makes sure that there is the control container.
    ControlContainer control() {
        String name = "vitrine-control";
        create(Policy.control(name), calls.entity());
        return new ControlContainer(database.getContainer(name), calls);
    }

    /// Makes sure that there is a container for a new generation.
    ///
    /// @return the combinations of columns that it can sort by
    List<String> createGeneration(String name, GoldTable table) {
        Columns columns = Columns.of(table, Columns.texts(table));
        List<String> composites = Policy.composites(table, columns);
        create(Policy.generation(name, table.indexed().size(), composites), table.address());
        return composites;
    }

    private void create(CosmosContainerProperties wanted, String entity) {
        Integer most = properties.autoscale();
        ThroughputProperties throughput = most == null ? null : ThroughputProperties.createAutoscaledThroughput(most);
        try {
            calls.forEntity(entity)
                    .askAgain(
                            "create container",
                            () -> creation(wanted, throughput),
                            CosmosContainerResponse::getRequestCharge);
        } catch (CosmosException e) {
            if (e.getStatusCode() == FORBIDDEN) {
                throw new StoreFailure(forbidden(wanted), e);
            }
            if (e.getStatusCode() == Calls.CONFLICT) {
                // another process was quicker
                return;
            }
            throw calls.forEntity(entity).failure("create container " + wanted.getId(), e);
        }
    }

    private Mono<CosmosContainerResponse> creation(
            CosmosContainerProperties wanted, @Nullable ThroughputProperties throughput) {
        return throughput == null
                ? database.createContainerIfNotExists(wanted)
                : database.createContainerIfNotExists(wanted, throughput);
    }

    /// What somebody with more rights has to do.
    private String forbidden(CosmosContainerProperties wanted) {
        String composites = wanted.getIndexingPolicy().getCompositeIndexes().stream()
                .map(paths -> paths.stream()
                        .map(path -> path.getPath() + " " + path.getOrder())
                        .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(" "));
        return ("Cosmos DB does not let this identity create container %s in database %s. Give it the right to, or create the"
                        + " container: partition key /p (version 2), default time to live -1, indexed paths %s and no others,"
                        + " composite indexes %s")
                .formatted(
                        wanted.getId(),
                        database.getId(),
                        wanted.getIndexingPolicy().getIncludedPaths().stream()
                                .map(path -> path.getPath())
                                .collect(Collectors.joining(" ")),
                        composites.isEmpty() ? "none" : composites);
    }

    /// Returns whether it is gone now; without the right to drop it it stays, for somebody to remove.
    boolean drop(String name, String entity) {
        try {
            calls.forEntity(entity)
                    .askAgain(
                            "drop container",
                            () -> database.getContainer(name).delete(),
                            CosmosContainerResponse::getRequestCharge);
            return true;
        } catch (CosmosException e) {
            if (e.getStatusCode() == Calls.NOT_FOUND) {
                return true;
            }
            if (e.getStatusCode() == FORBIDDEN) {
                return false;
            }
            throw calls.forEntity(entity).failure("drop container " + name, e);
        }
    }
}
