package dev.vitrine.store.cosmos;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Page;
import dev.vitrine.store.Answer;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.DeadLetter;
import dev.vitrine.store.Layout;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.PageRequest;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.SyncStatus;
import dev.vitrine.store.TableNotServed;
import dev.vitrine.store.TableWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A table as one layout wants it, over the containers that all its layouts share.
///
/// A reader goes by the control item, which it looks up now and then, and asks the container for at least what was
/// written
/// when the control item was: so what it gets is never older than the checkpoint it says, and may be newer.
final class CosmosTable implements StoredTable {

    private static final int ATTEMPTS = 3;

    private final GoldTable table;
    private final Layout layout;
    private final Layout placed;
    private final TableControl control;
    private final Containers containers;
    private volatile @Nullable View view;

    CosmosTable(GoldTable table, TableControl control, Containers containers) {
        this.table = table;
        this.layout = Layout.of(table);
        this.placed = new Layout(
                Stream.concat(layout.lines().stream(), Placement.of(table).line())
                        .sorted()
                        .toList());
        this.control = control;
        this.containers = containers;
    }

    /// A generation as this table reads it.
    ///
    /// @param container null: it lacks what this table wants
    private record View(
            Generation generation,
            Checkpoint checkpoint,
            @Nullable Container container) {}

    @Override
    public GoldTable table() {
        return table;
    }

    /// With where the items lie.
    Layout layout() {
        return placed;
    }

    /// Whether a generation has what this table wants where it wants it. Where it lies does not matter to a reader.
    boolean covers(Generation generation) {
        return generation.layout().covers(placed)
                && generation.layout().lines().stream()
                        .filter(Placement::isLine)
                        .allMatch(placed.lines()::contains);
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        Generation served = served(control.state());
        return served == null ? Optional.empty() : Optional.of(view(served).checkpoint());
    }

    @Override
    public boolean coversLayout() {
        Generation served = served(control.state());
        return served != null && covers(served);
    }

    /// What is served; null: nothing.
    @Nullable
    Generation served() {
        return served(control.state());
    }

    private static @Nullable Generation served(@Nullable TableState state) {
        return state == null ? null : state.served();
    }

    @Override
    public Answer<Lookup> get(EntityKey key) {
        return read((generation, container) -> lookup(
                key,
                container.get(
                        container.items().placement().id(key), generation.at().session()),
                generation));
    }

    @Override
    public Answer<List<Lookup>> getAll(List<EntityKey> keys) {
        return read((generation, container) -> {
            Map<EntityKey, String> ids = new HashMap<>();
            keys.forEach(key -> ids.computeIfAbsent(key, container.items().placement()::id));
            Map<String, ObjectNode> items = new HashMap<>();
            container
                    .getAll(new HashSet<>(ids.values()), generation.at().session())
                    .forEach(item -> items.put(item.path("id").textValue(), item));
            return keys.stream()
                    .map(key -> lookup(key, items.get(ids.get(key)), generation))
                    .toList();
        });
    }

    private static Lookup lookup(EntityKey key, @Nullable ObjectNode item, Generation generation) {
        if (item == null) {
            return new Lookup.Absent();
        }
        return switch (Items.kind(item)) {
            case Items.ENTITY -> new Lookup.Found(Scan.entity(key, item, generation));
            case Items.WITHHELD ->
                new Lookup.Withheld(Reason.valueOf(item.path("r").textValue()));
            default -> new Lookup.Absent();
        };
    }

    @Override
    public Answer<Page> page(PageRequest request, ReadBudget budget) {
        return read((generation, container) -> new Scan(generation, container, budget).page(request));
    }

    @Override
    public Answer<List<Page>> pages(List<PageRequest> requests, ReadBudget budget) {
        return read((generation, container) -> new Scan(generation, container, budget).pages(requests));
    }

    @Override
    public Answer<Long> count(Filter filter, ReadBudget budget) {
        return read((generation, container) -> new Scan(generation, container, budget).count(filter));
    }

    @Override
    public Answer<List<Long>> counts(List<Filter> filters, ReadBudget budget) {
        return read((generation, container) -> new Scan(generation, container, budget).counts(filters));
    }

    @Override
    public SyncStatus status() {
        TableState state = control.state();
        return state == null ? SyncStatus.unknown() : state.status();
    }

    @Override
    public long deadLetterCount() {
        return ofLetters(Letters::count, 0L);
    }

    @Override
    public Map<Reason, Long> deadLettersByReason() {
        return ofLetters(Letters::byReason, Map.of());
    }

    @Override
    public List<DeadLetter> deadLetters(long before, int limit) {
        return ofLetters(letters -> letters.newest(before, limit), List.of());
    }

    @Override
    public boolean withholds() {
        return ofLetters(Letters::any, false);
    }

    private <T> T ofLetters(Function<Letters, T> reading, T ofNone) {
        return served(control.state()) == null
                ? ofNone
                : read((generation, container) -> reading.apply(
                                new Letters(container, generation.at().session())))
                        .value();
    }

    @Override
    public TableWriter writer(long token) {
        control.raise(token);
        return new CosmosWriter(this, control, containers, token);
    }

    private interface Reading<T> {
        T read(Generation generation, Container container);
    }

    /// Reads from the served generation, whichever it is by then.
    private <T> Answer<T> read(Reading<T> reading) {
        TableState state = control.state();
        for (int attempt = 1; ; attempt++) {
            Generation served = served(state);
            if (served == null) {
                throw new TableNotServed(table.address() + " is not loaded yet");
            }
            View known = view(served);
            Container container = known.container();
            if (container == null) {
                throw new TableNotServed(
                        table.address()
                                + " is being loaded again, because its contract asks for columns or filters that were not loaded before");
            }
            try {
                return new Answer<>(known.checkpoint(), reading.read(served, container));
            } catch (Container.Gone gone) {
                if (attempt == ATTEMPTS) {
                    throw new StoreFailure(
                            "container %s of %s is not there; remove the table's control item to load it again"
                                    .formatted(served.container(), table.address()),
                            gone);
                }
                state = control.fresh();
            }
        }
    }

    private View view(Generation generation) {
        View known = view;
        if (known == null || known.generation != generation) {
            boolean covers = generation.layout().covers(layout);
            known = new View(generation, generation.checkpoint(), covers ? container(generation) : null);
            view = known;
        }
        return known;
    }

    /// A generation's container; the generation has to have what this table wants.
    Container container(Generation generation) {
        return containers.open(
                generation.container(),
                new Items(
                        Columns.of(table, generation.columns()),
                        generation.placement(table.key().size())),
                table.address());
    }
}
