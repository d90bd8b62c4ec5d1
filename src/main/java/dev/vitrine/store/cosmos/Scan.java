package dev.vitrine.store.cosmos;

import com.azure.cosmos.CosmosException;
import com.azure.cosmos.models.CosmosQueryRequestOptions;
import com.azure.cosmos.models.FeedResponse;
import com.azure.cosmos.models.PartitionKey;
import com.azure.cosmos.models.SqlParameter;
import com.azure.cosmos.models.SqlQuerySpec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.entity.Entity;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Page;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.BudgetExceeded;
import dev.vitrine.store.KeptValues;
import dev.vitrine.store.PageRequest;
import dev.vitrine.store.ReadBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;

/// Pages and counts of one generation, each within a budget. The service does not tell how many rows it looked at, so
/// they
/// are estimated from what it charges.
final class Scan {

    /// What the service charges for looking at rows of about a kilobyte: a query that finds a hundred of them costs
    /// about six request units.
    private static final double ROWS_PER_UNIT = 25;

    private static final String ENTITIES = "c.t = '" + Items.ENTITY + "'";

    private final Generation generation;
    private final Container container;
    private final Columns columns;
    private final ReadBudget budget;
    private final long deadline;
    private double charged;

    Scan(Generation generation, Container container, ReadBudget budget) {
        this.generation = generation;
        this.container = container;
        this.columns = container.items().columns();
        this.budget = budget;
        this.deadline = System.nanoTime() + budget.maxTime().toNanos();
    }

    /// A row and what it is sorted by.
    private record Row(ObjectNode item, List<@Nullable Object> sorted) {}

    /// One after the other: each may look at as many rows as the budget allows, all together have its time.
    List<Page> pages(List<PageRequest> requests) {
        List<Page> pages = new ArrayList<>(requests.size());
        for (PageRequest request : requests) {
            charged = 0;
            pages.add(page(request));
        }
        return pages;
    }

    /// As [#pages].
    List<Long> counts(List<Filter> filters) {
        List<Long> counts = new ArrayList<>(filters.size());
        for (Filter filter : filters) {
            charged = 0;
            counts.add(count(filter));
        }
        return counts;
    }

    Page page(PageRequest request) {
        Sorting sorting = Sorting.of(request.order(), columns);
        Page.Position after = request.after();
        List<@Nullable Object> position = after == null ? null : sorting.kept(after, columns);
        int wanted = request.limit() + 1;
        List<Row> rows = sorting.isServedBy(generation.composites())
                ? alongAnIndex(request.filter(), sorting, position, wanted)
                : sortedHere(request.filter(), sorting, position, wanted);
        boolean more = rows.size() > request.limit();
        List<Row> shown = more ? rows.subList(0, request.limit()) : rows;
        return new Page(
                shown.stream().map(row -> entity(row.item())).toList(),
                more ? position(shown.getLast(), sorting) : null);
    }

    private List<Row> alongAnIndex(
            Filter filter, Sorting sorting, @Nullable List<@Nullable Object> position, int wanted) {
        List<Row> rows = new ArrayList<>();
        for (Sorting.Segment segment : sorting.segments(position)) {
            if (rows.size() == wanted) {
                break;
            }
            Condition condition = new Condition(columns);
            String where = condition.of(filter);
            if (segment != null && position != null) {
                where += " AND " + sorting.condition(segment, position, condition);
            }
            List<SqlParameter> parameters = new ArrayList<>(condition.parameters());
            parameters.add(new SqlParameter("@top", wanted - rows.size()));
            String sql =
                    "SELECT TOP @top * FROM c WHERE " + ENTITIES + " AND " + where + " ORDER BY " + sorting.orderBy();
            query("page", filter, new SqlQuerySpec(sql, parameters), ObjectNode.class, wanted)
                    .forEach(item -> rows.add(row(item, sorting)));
        }
        return rows;
    }

    /// For an order that no index has: takes everything that the filter selects.
    private List<Row> sortedHere(
            Filter filter, Sorting sorting, @Nullable List<@Nullable Object> position, int wanted) {
        Condition condition = new Condition(columns);
        String sql = "SELECT * FROM c WHERE " + ENTITIES + " AND " + condition.of(filter);
        return query("page", filter, new SqlQuerySpec(sql, condition.parameters()), ObjectNode.class, 1000).stream()
                .map(item -> row(item, sorting))
                .filter(row -> position == null || sorting.compare(row.sorted(), position) > 0)
                .sorted((left, right) -> sorting.compare(left.sorted(), right.sorted()))
                .limit(wanted)
                .toList();
    }

    long count(Filter filter) {
        Condition condition = new Condition(columns);
        String sql = "SELECT VALUE COUNT(1) FROM c WHERE " + ENTITIES + " AND " + condition.of(filter);
        return query("count", filter, new SqlQuerySpec(sql, condition.parameters()), JsonNode.class, 1000).stream()
                .mapToLong(JsonNode::longValue)
                .sum();
    }

    private Row row(ObjectNode item, Sorting sorting) {
        JsonNode values = item.path(Items.VALUES);
        List<@Nullable Object> sorted = new ArrayList<>();
        sorting.terms().forEach(term -> sorted.add(term.column().kept(values)));
        return new Row(item, sorted);
    }

    private Page.Position position(Row row, Sorting sorting) {
        List<@Nullable Object> terms = new ArrayList<>();
        for (int i = 0; i < sorting.given(); i++) {
            terms.add(sorting.terms().get(i).column().decode(row.sorted().get(i)));
        }
        return new Page.Position(terms, columns.key(row.item().path(Items.VALUES)));
    }

    private Entity entity(JsonNode item) {
        return entity(columns.key(item.path(Items.VALUES)), item, generation);
    }

    static Entity entity(EntityKey key, JsonNode item, Generation generation) {
        Revision revision = new Revision(
                generation.at().revision().epoch(),
                item.path("v").longValue(),
                KeptValues.instant(Items.committed(item)));
        return new Entity(key, revision, Texts.get(item));
    }

    /// Everything that a query finds; asked again while there is time and the account is busy.
    private <T> List<T> query(String operation, Filter filter, SqlQuerySpec query, Class<T> type, int pageSize) {
        CosmosQueryRequestOptions options = Container.options(generation.at().session());
        PartitionKey prefix = container.items().placement().prefix(filter, columns);
        if (prefix != null) {
            options.setPartitionKey(prefix);
        }
        long start = container.calls().startReading("read a " + operation);
        Calls.Rests rests = new Calls.Rests(left());
        while (true) {
            try {
                List<T> found = ask(
                        operation,
                        container.container().queryItems(query, options, type).byPage(pageSize));
                container.calls().endReading(start);
                return found;
            } catch (CosmosException e) {
                charge(operation, e.getRequestCharge());
                if (!Calls.passes(e)) {
                    container.calls().endReading(start);
                    throw container.failure("read a " + operation, e);
                }
                if (!rests.rest(e.getRetryAfterDuration())) {
                    throw container.calls().unanswered("read a " + operation, start, e);
                }
            } catch (RuntimeException e) {
                container.calls().endReading(start);
                if (Exceptions.unwrap(e) instanceof TimeoutException) {
                    throw exceeded("would take longer than " + budget.maxTime().toMillis() + " ms");
                }
                throw e;
            }
        }
    }

    private <T> List<T> ask(String operation, Flux<FeedResponse<T>> pages) {
        List<T> found = new ArrayList<>();
        pages.doOnNext(page -> {
                    charge(operation, page.getRequestCharge());
                    found.addAll(page.getResults());
                    if (charged * ROWS_PER_UNIT > budget.maxRows() || found.size() > budget.maxRows()) {
                        throw exceeded("would look at more than " + budget.maxRows() + " rows");
                    }
                })
                .then()
                .timeout(left())
                .block();
        return found;
    }

    private void charge(String operation, double charge) {
        charged += charge;
        container.calls().charges().add(container.calls().entity(), operation, charge);
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    private BudgetExceeded exceeded(String why) {
        return new BudgetExceeded("the query on " + container.calls().entity() + " was stopped: it " + why);
    }
}
