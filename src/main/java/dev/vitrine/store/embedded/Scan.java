package dev.vitrine.store.embedded;

import dev.vitrine.entity.Entity;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Page;
import dev.vitrine.store.Answer;
import dev.vitrine.store.Checkpoint;
import dev.vitrine.store.PageRequest;
import dev.vitrine.store.ReadBudget;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/// A read of many rows in one view and within a budget. Answers are null if the generation is retired. For one use.
final class Scan {

    private final Reads reads;
    private final Database reader;
    private final Budget budget;

    Scan(Reads reads, Database reader, ReadBudget budget) {
        this.reads = reads;
        this.reader = reader;
        this.budget = new Budget(budget);
    }

    /// What a page is read along.
    private enum Plan {
        /// SQLite's choice, from averages
        CHOSEN,
        /// an index of the filter, then sorted
        FILTER,
        /// an index in the page's order, then filtered
        ORDER
    }

    private interface Reading<T> {
        T read() throws SQLException;
    }

    @Nullable
    Answer<Page> page(PageRequest request) throws SQLException {
        return inOneView(() -> either(request));
    }

    @Nullable
    Answer<List<Page>> pages(List<PageRequest> requests) throws SQLException {
        return inOneView(() -> {
            List<Page> pages = new ArrayList<>(requests.size());
            for (PageRequest request : requests) {
                pages.add(either(request));
            }
            return pages;
        });
    }

    private Page either(PageRequest request) throws SQLException {
        try {
            return page(request, Plan.CHOSEN);
        } catch (SQLException e) {
            if (!interrupted(e) || budget.late()) {
                throw e;
            }
            // Averages say nothing about this filter's values: the other way may be the short one.
            return page(request, sorts(request) ? Plan.ORDER : Plan.FILTER);
        }
    }

    @Nullable
    Answer<Long> count(Filter filter) throws SQLException {
        return inOneView(() -> counted(filter));
    }

    @Nullable
    Answer<List<Long>> counts(List<Filter> filters) throws SQLException {
        return inOneView(() -> {
            List<Long> counts = new ArrayList<>(filters.size());
            for (Filter filter : filters) {
                counts.add(counted(filter));
            }
            return counts;
        });
    }

    private long counted(Filter filter) throws SQLException {
        Condition condition = Condition.of(filter, reads.columns(), "");
        // without a condition SQLite counts pages, not rows
        String where = condition.equals(Condition.TRUE) ? "" : " WHERE " + condition.sql();
        return within(() -> reader.number("SELECT count(*) FROM entity" + where, condition.values()));
    }

    private Page page(PageRequest request, Plan plan) throws SQLException {
        Sorting sorting = Sorting.of(request.order(), reads.columns());
        return within(() -> {
            List<Row> found = new ArrayList<>();
            for (Condition segment : sorting.segments(request.after())) {
                if (found.size() <= request.limit()) {
                    rows(request, plan, sorting, segment, found);
                }
            }
            boolean more = found.size() > request.limit();
            List<Row> rows = more ? found.subList(0, request.limit()) : found;
            List<Entity> items = rows.stream().map(Row::entity).toList();
            return new Page(
                    items,
                    more
                            ? new Page.Position(
                                    rows.getLast().terms(), items.getLast().key())
                            : null);
        });
    }

    /// An entity and what it is sorted by.
    private record Row(Entity entity, List<@Nullable Object> terms) {}

    private void rows(PageRequest request, Plan plan, Sorting sorting, Condition segment, List<Row> found)
            throws SQLException {
        Condition condition = condition(request, plan, segment);
        List<@Nullable Object> parameters = new ArrayList<>(condition.parameters());
        parameters.add(request.limit() + 1 - found.size());
        try (ResultSet row = reader.query(select(condition, sorting, plan), parameters.toArray())) {
            while (row.next()) {
                found.add(row(row, sorting));
            }
        }
    }

    private Row row(ResultSet row, Sorting sorting) throws SQLException {
        EntityKey key = reads.columns().decode(row, 4);
        int next = 4 + reads.columns().key().size();
        List<@Nullable Object> terms = new ArrayList<>();
        for (Sorting.Term term : sorting.terms()) {
            terms.add(term.column().decode(row.getObject(next++)));
        }
        return new Row(new Entity(key, reads.revision(row.getLong(1), row.getLong(2)), row.getBytes(3)), terms);
    }

    private Condition condition(PageRequest request, Plan plan, Condition segment) {
        return Condition.all(
                List.of(Condition.of(request.filter(), reads.columns(), plan == Plan.ORDER ? "+" : ""), segment));
    }

    private String select(Condition condition, Sorting sorting, Plan plan) {
        StringBuilder sql = new StringBuilder("SELECT version, committed, document, ")
                .append(reads.columns().keyNames());
        sorting.terms().forEach(term -> sql.append(',').append(term.column().name()));
        return sql.append(" FROM entity WHERE ")
                .append(condition.sql())
                .append(" ORDER BY ")
                .append(sorting.orderBy(plan == Plan.FILTER ? "+" : ""))
                .append(" LIMIT ?")
                .toString();
    }

    /// SQLite's plan for a page, one step a line.
    List<String> explain(PageRequest request) throws SQLException {
        Sorting sorting = Sorting.of(request.order(), reads.columns());
        List<String> steps = new ArrayList<>();
        for (Condition segment : sorting.segments(request.after())) {
            Condition condition = condition(request, Plan.CHOSEN, segment);
            String sql = "EXPLAIN QUERY PLAN " + select(condition, sorting, Plan.CHOSEN);
            List<@Nullable Object> parameters = new ArrayList<>(condition.parameters());
            parameters.add(request.limit());
            try (ResultSet row = reader.query(sql, parameters.toArray())) {
                while (row.next()) {
                    steps.add(row.getString("detail"));
                }
            }
        }
        return steps;
    }

    private boolean sorts(PageRequest request) throws SQLException {
        return explain(request).stream().anyMatch(step -> step.contains("ORDER BY"));
    }

    private <T> T within(Reading<T> reading) throws SQLException {
        budget.watch(reader.connection());
        try {
            return reading.read();
        } catch (SQLException e) {
            reader.forgetStatements();
            throw e;
        } finally {
            Budget.unwatch(reader.connection());
        }
    }

    private <T> @Nullable Answer<T> inOneView(Reading<T> reading) throws SQLException {
        reader.change("BEGIN");
        try {
            Checkpoint checkpoint = Reads.checkpoint(reads.generation(), reader);
            return checkpoint == null ? null : new Answer<>(checkpoint, reading.read());
        } catch (SQLException e) {
            if (interrupted(e)) {
                throw budget.exceeded(reads.address(), e);
            }
            throw e;
        } finally {
            reader.change("ROLLBACK");
        }
    }

    private static boolean interrupted(SQLException e) {
        return e.getErrorCode() == SQLiteErrorCode.SQLITE_INTERRUPT.code;
    }
}
