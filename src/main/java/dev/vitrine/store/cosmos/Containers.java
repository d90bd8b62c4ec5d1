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
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/// The containers of a database. Threads may share it.
///
/// @param keepEvery how often it is noted how far a load is
/// @param left names of those that could not be dropped, as was said
record Containers(
        CosmosAsyncDatabase database,
        Calls calls,
        CosmosProperties properties,
        Clock clock,
        Duration keepEvery,
        Set<String> left) {

    private static final Logger log = LoggerFactory.getLogger(Containers.class);

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
        create(Policy.control(name), properties.autoscale(), calls.entity());
        return new ControlContainer(database.getContainer(name), calls);
    }

    /// How a generation's container is made.
    ///
    /// @param composites the combinations of columns that it can sort by
    /// @param paths what it is partitioned by: where somebody else made it, not as the contract says
    record Made(List<String> composites, List<String> paths) {}

    /// Makes sure that there is a container for a new generation; what the contract lets it cost goes before the
    /// configuration.
    Made createGeneration(String name, GoldTable table) {
        Columns columns = Columns.of(table, Columns.texts(table));
        List<String> composites = Policy.composites(table, columns);
        Integer most = table.storing().maxRequestUnits();
        List<String> paths = create(
                Policy.generation(
                        name, Placement.of(table).paths(), table.indexed().size(), composites),
                most == null ? properties.autoscale() : most,
                table.address());
        return new Made(composites, paths);
    }

    /// @param most request units a second; null: as the database or the account has it
    /// @return what it is partitioned by
    private List<String> create(CosmosContainerProperties wanted, @Nullable Integer most, String entity) {
        ThroughputProperties throughput = most == null ? null : ThroughputProperties.createAutoscaledThroughput(most);
        try {
            return paths(entity, () -> creation(wanted, throughput));
        } catch (CosmosException e) {
            if (e.getStatusCode() == FORBIDDEN) {
                throw new StoreFailure(forbidden(wanted), e);
            }
            if (e.getStatusCode() == Calls.CONFLICT) {
                // another process was quicker
                return paths(entity, () -> database.getContainer(wanted.getId()).read());
            }
            throw calls.forEntity(entity).failure("create container " + wanted.getId(), e);
        }
    }

    private List<String> paths(String entity, Supplier<Mono<CosmosContainerResponse>> call) {
        return calls.forEntity(entity)
                .askAgain("create container", call, CosmosContainerResponse::getRequestCharge)
                .getProperties()
                .getPartitionKeyDefinition()
                .getPaths();
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
                        + " container: partition key %s (version 2), default time to live -1, indexed paths %s and no others,"
                        + " composite indexes %s")
                .formatted(
                        wanted.getId(),
                        database.getId(),
                        String.join(", ", wanted.getPartitionKeyDefinition().getPaths()),
                        wanted.getIndexingPolicy().getIncludedPaths().stream()
                                .map(path -> path.getPath())
                                .collect(Collectors.joining(" ")),
                        composites.isEmpty() ? "none" : composites);
    }

    /// Returns whether it is gone now; without the right to drop it it stays, for somebody to remove, who is told once.
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
                if (left.add(name)) {
                    log.warn(
                            "{}: Cosmos DB does not let this identity drop container {} of database {}, which nobody reads any more. Give it the right to, or drop the container",
                            entity,
                            name,
                            database.getId());
                }
                return false;
            }
            throw calls.forEntity(entity).failure("drop container " + name, e);
        }
    }
}
