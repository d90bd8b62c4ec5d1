package dev.vitrine.store;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The stored state of one gold table. Reads see whole commits only and may run beside a writer. Threads may share it.
public interface StoredTable {

    /// What it stores.
    GoldTable table();

    /// What is served now; empty before the first rebuild was swapped in.
    Optional<Checkpoint> checkpoint();

    /// Whether the served generation holds all that [#table()] wants stored and indexed; false where a rebuild is
    /// needed, and before the first one.
    boolean coversLayout();

    /// One entity, with the state it was read at.
    ///
    /// @throws TableNotServed if there is nothing to read yet, or the served generation lacks columns of the layout
    Answer<Lookup> get(EntityKey key);

    /// Many entities in one read, with the one state that they were all read at: one lookup per key, in the order of
    /// the
    /// keys.
    ///
    /// @throws TableNotServed as above
    Answer<List<Lookup>> getAll(List<EntityKey> keys);

    /// Entities that the filter selects, in order.
    ///
    /// @throws TableNotServed as above
    /// @throws BudgetExceeded if it would take more rows or time than the budget allows
    Answer<dev.vitrine.entity.Page> page(PageRequest request, ReadBudget budget);

    /// Many pages in one read, with the one state that they were all read at: one per request, in their order.
    ///
    /// @param budget the rows of each of them, the time of all together
    /// @throws TableNotServed as above
    /// @throws BudgetExceeded as above
    Answer<List<dev.vitrine.entity.Page>> pages(List<PageRequest> requests, ReadBudget budget);

    /// How many entities the filter selects.
    ///
    /// @throws TableNotServed as above
    /// @throws BudgetExceeded as above
    Answer<Long> count(Filter filter, ReadBudget budget);

    /// Many counts in one read, with the one state that they were all made at: one per filter, in their order.
    ///
    /// @param budget the rows of each of them, the time of all together
    /// @throws TableNotServed as above
    /// @throws BudgetExceeded as above
    Answer<List<Long>> counts(List<Filter> filters, ReadBudget budget);

    /// The worker's state as last reported; [SyncStatus#unknown()] before that.
    SyncStatus status();

    /// How many rows of the served generation could not be served, less those that were dismissed.
    long deadLetterCount();

    /// The same by reason; reasons without any are left out.
    Map<EntityChange.Reason, Long> deadLettersByReason();

    /// Rows that could not be served, newest first.
    ///
    /// @param before only those with a smaller [DeadLetter#id]
    List<DeadLetter> deadLetters(long before, int limit);

    /// Whether some key is withheld or some letter kept, so that deletes have to carry their rows
    /// ([EntityChange.Deleted#row]).
    boolean withholds();

    /// The right to change it, for the holder of the lease with this fencing token. From now on writers with an older
    /// token are refused with [WriterFenced], wherever they are in their work. Waits a moment for an open transaction
    /// of
    /// the writer before.
    ///
    /// @throws WriterFenced if a newer token was seen
    /// @throws WriterBusy if that transaction has not ended: to be asked again
    TableWriter writer(long token);

    /// Keeps the worker's state as [TableWriter#report] does, also while [#writer] is [WriterBusy].
    ///
    /// @throws WriterFenced if a newer token was seen
    default void report(SyncStatus status, long token) {
        writer(token).report(status);
    }
}
