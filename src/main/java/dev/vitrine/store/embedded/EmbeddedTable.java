package dev.vitrine.store.embedded;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.EntityChange;
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
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A table as one layout wants it, over the files that all its layouts share.
final class EmbeddedTable implements StoredTable {

    private final GoldTable table;
    private final Layout layout;
    private final Generations generations;
    private final Runnable kept;
    private final Clock clock;
    private final Duration keepEvery;
    private volatile @Nullable View view;

    /// @param kept run before anything is written
    EmbeddedTable(GoldTable table, Generations generations, Runnable kept, Clock clock, Duration keepEvery) {
        this.table = table;
        this.layout = Layout.of(table);
        this.generations = generations;
        this.kept = kept;
        this.clock = clock;
        this.keepEvery = keepEvery;
    }

    /// A generation, what its layout was, and how to read it; null: it lacks what this table wants.
    private record View(
            Generation generation, Layout seen, @Nullable Reads reads) {}

    /// Gives null if the generation is retired.
    private interface Reading<T> {
        @Nullable
        T read(Generation generation, Database reader) throws SQLException;
    }

    @Override
    public GoldTable table() {
        return table;
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return generations.served() == null
                ? Optional.empty()
                : Optional.of(read("read the checkpoint", Reads::checkpoint));
    }

    @Override
    public boolean coversLayout() {
        return generations.served() != null
                && read("read the checkpoint", (generation, reader) -> {
                    Checkpoint current = Reads.checkpoint(generation, reader);
                    return current == null ? null : reads(generation) != null;
                });
    }

    @Override
    public Answer<Lookup> get(EntityKey key) {
        return read(
                "read an entity", (generation, reader) -> required(generation).get(reader, key));
    }

    @Override
    public Answer<List<Lookup>> getAll(List<EntityKey> keys) {
        return read(
                "read entities", (generation, reader) -> required(generation).getAll(reader, keys));
    }

    @Override
    public Answer<Page> page(PageRequest request, ReadBudget budget) {
        return read(
                "read a page", (generation, reader) -> new Scan(required(generation), reader, budget).page(request));
    }

    @Override
    public Answer<List<Page>> pages(List<PageRequest> requests, ReadBudget budget) {
        return read(
                "read pages", (generation, reader) -> new Scan(required(generation), reader, budget).pages(requests));
    }

    @Override
    public Answer<Long> count(Filter filter, ReadBudget budget) {
        return read(
                "count entities", (generation, reader) -> new Scan(required(generation), reader, budget).count(filter));
    }

    @Override
    public Answer<List<Long>> counts(List<Filter> filters, ReadBudget budget) {
        return read(
                "count entities",
                (generation, reader) -> new Scan(required(generation), reader, budget).counts(filters));
    }

    @Override
    public SyncStatus status() {
        return generations.control().status();
    }

    @Override
    public long deadLetterCount() {
        return generations.served() == null
                ? 0
                : read("count dead letters", (generation, reader) -> reader.number("SELECT count(*) FROM letter"));
    }

    @Override
    public Map<EntityChange.Reason, Long> deadLettersByReason() {
        return generations.served() == null ? Map.of() : read("count dead letters", Reads::lettersByReason);
    }

    @Override
    public List<DeadLetter> deadLetters(long before, int limit) {
        return generations.served() == null
                ? List.of()
                : read(
                        "read dead letters",
                        (generation, reader) -> required(generation).deadLetters(reader, before, limit));
    }

    @Override
    public boolean withholds() {
        return generations.served() != null
                && read(
                        "look for withheld keys",
                        (generation, reader) ->
                                reader.number("SELECT EXISTS (SELECT 1 FROM withheld) OR EXISTS (SELECT 1 FROM letter)")
                                        != 0);
    }

    @Override
    public TableWriter writer(long token) {
        kept.run();
        return EmbeddedWriter.of(this, generations, new Token(token, table.address(), generations.control()));
    }

    @Override
    public void report(SyncStatus status, long token) {
        generations.control().report(status, token);
    }

    Layout layout() {
        return layout;
    }

    Clock clock() {
        return clock;
    }

    Duration keepEvery() {
        return keepEvery;
    }

    /// @throws TableNotServed if the generation lacks what this table wants
    Reads required(Generation generation) {
        Reads reads = reads(generation);
        if (reads == null) {
            throw new TableNotServed(
                    table.address()
                            + " is being loaded again, because its contract asks for columns or filters that were not loaded before");
        }
        return reads;
    }

    private @Nullable Reads reads(Generation generation) {
        View known = view;
        if (known == null || known.generation != generation || known.seen != generation.layout()) {
            Layout seen = generation.layout();
            known = new View(generation, seen, seen.covers(layout) ? new Reads(generation, table) : null);
            view = known;
        }
        return known.reads;
    }

    /// Reads from the served generation, whichever it is by then.
    private <T> T read(String operation, Reading<T> reading) {
        Generation generation = generations.served();
        while (generation != null) {
            T answer = read(operation, generation, reading);
            if (answer != null) {
                return answer;
            }
            Generation next = generations.refresh(generation);
            if (next == generation) {
                throw new StoreFailure("cannot " + operation + " of " + table.address() + ": the store is closed");
            }
            generation = next;
        }
        throw new TableNotServed(table.address() + " is not loaded yet");
    }

    private <T> @Nullable T read(String operation, Generation generation, Reading<T> reading) {
        Database reader = generation.lease();
        if (reader == null) {
            return null;
        }
        boolean broken = false;
        try {
            return reading.read(generation, reader);
        } catch (SQLException e) {
            broken = true;
            if (generation.isRemoved()) {
                return null;
            }
            throw new StoreFailure("cannot " + operation + " of " + table.address() + ": " + e.getMessage(), e);
        } finally {
            if (broken) {
                reader.close();
            } else {
                generation.release(reader);
            }
        }
    }
}
