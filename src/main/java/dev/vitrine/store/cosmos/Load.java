package dev.vitrine.store.cosmos;

import com.azure.cosmos.models.CosmosPatchOperations;
import com.azure.cosmos.models.SqlQuerySpec;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Kept;
import dev.vitrine.store.Origin;
import dev.vitrine.store.Sealed;
import dev.vitrine.store.WriterFenced;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fills a new container beside the served one. What is kept stands in the control item, with the rest of how far it
/// is;
/// rows that came after it carry the mark that they came after, and are taken out again when a load is gone on with.
final class Load implements GenerationWriter {

    private static final Logger LOG = LoggerFactory.getLogger(Load.class);

    private final CosmosWriter writer;
    private final Container container;
    private final AtomicBoolean changing = new AtomicBoolean();
    private Building building;
    private final LoadedRows rows;
    private long added;
    private int files;
    private boolean keptAll = true;
    private long keptAt = System.nanoTime();
    private boolean ended;

    private Load(CosmosWriter writer, Building building) {
        this.writer = writer;
        this.building = building;
        this.container = writer.table().container(building.generation());
        this.rows = new LoadedRows(writer, container, building);
        this.added = building.rows();
        this.files = building.files();
    }

    static Load start(CosmosWriter writer, Origin origin) {
        long number = writer.control()
                .change(writer.token(), CosmosPatchOperations.create().increment("/lastGeneration", 1L))
                .lastGeneration();
        String name = Ids.container(writer.gold().product(), writer.gold().name(), number);
        Containers.Made made = writer.containers().createGeneration(name, writer.gold());
        Standing at = new Standing(
                origin.revision(),
                origin.commitFile(),
                writer.table().layout().lines(),
                0,
                null,
                SessionTokens.NONE,
                false);
        Generation generation = new Generation(
                number, name, origin.tableId(), Columns.texts(writer.gold()), made.composites(), made.paths(), at);
        Building building = new Building(
                generation, origin, 0, 0, null, writer.containers().clock().instant());
        writer.control().change(writer.token(), CosmosPatchOperations.create().set("/building", building.json()));
        return new Load(writer, building);
    }

    /// Goes on with what a kill or [#close] left.
    ///
    /// @throws Container.Gone if its container is not there
    static Load resume(CosmosWriter writer, Building building) {
        Load load = new Load(writer, building);
        if (building.sealed() == null) {
            load.rows.takeOutUnkept();
        }
        return load;
    }

    Generation generation() {
        return building.generation();
    }

    @Override
    public Origin origin() {
        return building.origin();
    }

    @Override
    public Kept kept() {
        return building.kept();
    }

    @Override
    public void add(List<? extends EntityChange> changes) {
        unsealed();
        keptAll = false;
        rows.add(changes);
        added += changes.size();
    }

    @Override
    public void keep(int done) {
        unsealed();
        files = done;
        keptAll = true;
        if (System.nanoTime() - keptAt >= writer.containers().keepEvery().toNanos()) {
            keepNow();
        }
    }

    private void keepNow() {
        keptAt = System.nanoTime();
        put(new Building(building.generation(), building.origin(), files, added, building.sealed(), now()));
        rows.kept(building);
    }

    private void unsealed() {
        if (building.sealed() != null) {
            throw new IllegalStateException("the new generation of " + address() + " is sealed");
        }
    }

    private void put(Building next) {
        writer.control()
                .change(
                        writer.token(),
                        CosmosPatchOperations.create().set("/building", next.json()),
                        "AND c.building.generation.number = "
                                + next.generation().number());
        building = next;
    }

    @Override
    public Sealed seal() {
        Sealed sealed = building.sealed();
        if (sealed != null) {
            return sealed;
        }
        long live = container.count(
                "count", new SqlQuerySpec("SELECT VALUE COUNT(1) FROM c WHERE c.t = 'e'"), rows.session());
        long letters = new Letters(container, rows.session()).count();
        if (letters > 0) {
            new FirstSeen(writer).carryOver(container, rows.session());
        }
        Sealed now = new Sealed(live + letters, letters);
        Standing at = generation().at().counted(live).seeing(rows.session());
        put(new Building(generation().at(at), building.origin(), files, added, now, now()));
        return now;
    }

    @Override
    public ChangeWriter changes() {
        sealed();
        if (!changing.compareAndSet(false, true)) {
            throw new IllegalStateException("changes are being applied to the new generation of " + address());
        }
        try {
            return new CommitWriter(
                    new BuildingTarget(this, writer),
                    writer.containers(),
                    container,
                    writer.table().layout().lines(),
                    () -> changing.set(false));
        } catch (RuntimeException e) {
            changing.set(false);
            throw e;
        }
    }

    void moved(Standing to) {
        put(new Building(generation().at(to), building.origin(), files, added, building.sealed(), now()));
    }

    private void sealed() {
        if (building.sealed() == null) {
            throw new IllegalStateException("the new generation of " + address() + " has to be sealed first");
        }
    }

    @Override
    public Checkpoint checkpoint() {
        sealed();
        return generation().checkpoint();
    }

    @Override
    public long removed() {
        sealed();
        return new Comparison(writer, container, generation()).removed();
    }

    @Override
    public void swap() {
        sealed();
        if (changing.get()) {
            throw new IllegalStateException("changes are being applied to the new generation of " + address());
        }
        writer.whileNothingIsWritten(this::swapNow);
    }

    private void swapNow() {
        TableState state = writer.control().required(writer.token());
        Generation served = state.served();
        Revision revision = generation().at().revision();
        if (served != null && revision.compareTo(served.at().revision()) < 0) {
            throw new IllegalStateException("version %d of %s cannot replace version %d, which is served"
                    .formatted(
                            revision.version(),
                            address(),
                            served.at().revision().version()));
        }
        List<TableState.Retired> retired = new ArrayList<>(state.retired());
        if (served != null) {
            retired.add(new TableState.Retired(served.container(), now()));
        }
        writer.control()
                .change(
                        writer.token(),
                        CosmosPatchOperations.create()
                                .set("/served", generation().json())
                                .set("/building", NullNode.instance)
                                .set("/retired", TableState.json(retired)),
                        // where the answer is lost, it is asked again and finds its own work
                        "AND (c.building.generation.number = %1$d OR c.served.number = %1$d)"
                                .formatted(generation().number()));
        end();
    }

    @Override
    public void discard() {
        end();
        writer.throwAway(building);
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        try {
            if (keptAll && building.sealed() == null && files > building.files()) {
                keepNow();
            }
        } catch (WriterFenced newer) {
            // it goes on from what was kept before
            LOG.debug("{}", newer.getMessage());
        } finally {
            end();
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            writer.endRebuild();
        }
    }

    private Instant now() {
        return writer.containers().clock().instant();
    }

    private String address() {
        return writer.gold().address();
    }
}
