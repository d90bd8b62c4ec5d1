package dev.vitrine.store.cosmos;

import com.azure.cosmos.models.CosmosPatchOperations;
import com.azure.cosmos.models.SqlQuerySpec;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Origin;
import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.SyncStatus;
import dev.vitrine.store.TableWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The writing side of a table, for one token.
final class CosmosWriter implements TableWriter {

    private final CosmosTable table;
    private final TableControl control;
    private final Containers containers;
    private final long token;
    private final AtomicBoolean writing = new AtomicBoolean();
    private final AtomicBoolean rebuilding = new AtomicBoolean();

    CosmosWriter(CosmosTable table, TableControl control, Containers containers, long token) {
        this.table = table;
        this.control = control;
        this.containers = containers;
        this.token = token;
    }

    CosmosTable table() {
        return table;
    }

    GoldTable gold() {
        return table.table();
    }

    TableControl control() {
        return control;
    }

    Containers containers() {
        return containers;
    }

    long token() {
        return token;
    }

    @Override
    public ChangeWriter changes() {
        startWriting();
        try {
            Generation served = counted(served());
            return new CommitWriter(
                    new ServedTarget(this, served.number()),
                    containers,
                    table.container(served),
                    table.layout().lines(),
                    () -> writing.set(false));
        } catch (RuntimeException e) {
            writing.set(false);
            throw e;
        }
    }

    /// What is served, for changing it.
    Generation served() {
        Generation served = control.required(token).served();
        if (served == null) {
            throw new IllegalStateException(gold().address() + " has to be rebuilt first");
        }
        if (!table.covers(served)) {
            throw new IllegalStateException(gold().address() + " has to be rebuilt for its new layout first");
        }
        return served;
    }

    /// Counts entities where something was changed that they were not counted for.
    Generation counted(Generation served) {
        if (!served.at().recount()) {
            return served;
        }
        Container container = table.container(served);
        long version = served.at().revision().version();
        long live = container.count(
                "count", sql("c.t = 'e' AND c.v <= " + version), served.at().session());
        long lately = container.count(
                "count", sql("c.b = true AND c.v > " + version), served.at().session());
        return moved(served, served.at().counted(live + lately));
    }

    private static SqlQuerySpec sql(String condition) {
        return new SqlQuerySpec("SELECT VALUE COUNT(1) FROM c WHERE " + condition);
    }

    /// Moves what is served to another standing.
    Generation moved(Generation served, Standing to) {
        TableState state = control.change(
                token,
                CosmosPatchOperations.create().set("/served/at", to.json()),
                "AND c.served.number = " + served.number());
        Generation now = state.served();
        if (now == null) {
            throw new StoreFailure("nothing of " + gold().address() + " is served any more");
        }
        return now;
    }

    private void startWriting() {
        if (!writing.compareAndSet(false, true)) {
            throw new IllegalStateException("changes are being applied to " + gold().address() + " already");
        }
    }

    /// @throws IllegalStateException if changes are being applied: they would be lost
    void whileNothingIsWritten(Runnable task) {
        startWriting();
        try {
            task.run();
        } finally {
            writing.set(false);
        }
    }

    @Override
    public GenerationWriter rebuild(Origin origin) {
        startRebuild();
        try {
            throwAway(control.required(token).building());
            return Load.start(this, origin);
        } catch (RuntimeException e) {
            endRebuild();
            throw e;
        }
    }

    /// Removes a generation that is not served.
    void throwAway(@Nullable Building building) {
        if (building != null) {
            control.change(token, CosmosPatchOperations.create().set("/building", NullNode.instance));
            containers.drop(building.generation().container(), gold().address());
        }
    }

    @Override
    public Optional<GenerationWriter> unfinished() {
        startRebuild();
        Load found = null;
        try {
            Building building = control.required(token).building();
            if (building != null
                    && building.generation().at().layout().equals(table.layout().lines())) {
                found = Load.resume(this, building);
            }
            return Optional.ofNullable(found);
        } catch (Container.Gone gone) {
            return Optional.empty();
        } finally {
            if (found == null) {
                endRebuild();
            }
        }
    }

    private void startRebuild() {
        if (!rebuilding.compareAndSet(false, true)) {
            throw new IllegalStateException("a rebuild of " + gold().address() + " is running already");
        }
    }

    void endRebuild() {
        rebuilding.set(false);
    }

    boolean isRebuilding() {
        return rebuilding.get();
    }

    @Override
    public void report(SyncStatus status) {
        control.change(token, CosmosPatchOperations.create().set("/status", StatusText.of(status)));
    }

    @Override
    public int dismiss(Collection<Long> ids) {
        startWriting();
        try {
            return new Dismissal(this, served()).run(ids);
        } finally {
            writing.set(false);
        }
    }

    @Override
    public void replay(Collection<EntityKey> keys, boolean keyless, List<? extends EntityChange> rows) {
        whileNothingIsWritten(() -> new Replay(this, served()).run(keys, keyless, rows));
    }

    @Override
    public void tidy(Instant lettersBefore) {
        new Tidying(this, lettersBefore).run();
    }
}
