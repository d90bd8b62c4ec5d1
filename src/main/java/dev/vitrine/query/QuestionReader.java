package dev.vitrine.query;

import dev.vitrine.access.EntityGrant;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.SortTerm;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import dev.vitrine.query.InvalidQuery.Fault;
import dev.vitrine.query.Selection.Condition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Checks one request against the contract and the caller's grant; gathers everything that is wrong with it. One
/// thread, one request.
///
/// A field that the caller could never see is answered like one that does not exist.
final class QuestionReader {

    static final int MOST_ENTITIES = 200;

    private final EntityType type;
    private final EntityFields fields;
    private final EntityGrant grant;
    private final Opened opened;
    private final Cursors cursors;
    private final List<Fault> faults = new ArrayList<>();
    private final WantedReader wanted;

    /// @param open opens another collection of the product version for the same caller
    QuestionReader(Opened opened, Cursors cursors, Function<EntityType, Opened> open) {
        this.type = opened.type();
        this.fields = opened.fields();
        this.grant = opened.grant();
        this.opened = opened;
        this.cursors = cursors;
        this.wanted = new WantedReader(open, faults);
    }

    /// What is answered of each entity.
    ///
    /// @param entities how many there can be
    /// @throws InvalidQuery with all faults
    Wanted wanted(@Nullable List<String> names, List<String> expand, int entities) {
        Wanted read = wanted.read(opened, names, expand, entities);
        refuseFaults();
        return read;
    }

    /// Everything that pages need, one behind each of these links.
    ///
    /// @throws InvalidQuery with all faults
    List<Question> read(Selection selection, List<Link> links) {
        Checked checked = check(selection, links.size());
        return links.stream()
                .map(link -> {
                    List<Condition> conditions = new ArrayList<>(selection.conditions());
                    conditions.addAll(link.conditions());
                    return question(selection, conditions, Question.both(checked.filter, link.filter(opened)), checked);
                })
                .toList();
    }

    /// Everything that a page needs.
    ///
    /// @throws InvalidQuery with all faults
    Question read(Selection selection) {
        Checked checked = check(selection, 1);
        return question(selection, selection.conditions(), checked.filter, checked);
    }

    private record Checked(Filter filter, Order order, Wanted wanted) {}

    private Checked check(Selection selection, int pages) {
        Filter filter = grant.rows();
        ConditionReader conditions = new ConditionReader(fields, grant, faults);
        for (Condition condition : selection.conditions()) {
            filter = Question.both(filter, conditions.read(condition).orElse(Filter.ALL));
        }
        Order order = new Order(order(selection.sort()));
        int entities = Math.clamp(selection.limit(), 1, MOST_ENTITIES) * Math.max(1, pages);
        Wanted checked = wanted.read(opened, selection.fields(), selection.expand(), entities);
        if (selection.limit() < 1 || selection.limit() > MOST_ENTITIES) {
            fault("limit", "invalid-value", "%d is not between 1 and %d".formatted(selection.limit(), MOST_ENTITIES));
        }
        refuseFaults();
        return new Checked(filter, order, checked);
    }

    private Question question(Selection selection, List<Condition> conditions, Filter filter, Checked checked) {
        byte[] binding = Binding.of(opened, conditions, checked.order);
        Question question = new Question(
                filter, checked.order, checked.wanted, binding, null, Question.names(conditions), selection.sort());
        String cursor = selection.cursor();
        return cursor == null ? question : after(question, cursor);
    }

    private Question after(Question question, String cursor) {
        Bookmark bookmark = cursors.read(cursor, question.binding(), question.termTypes(), Keys.types(type));
        if (bookmark == null) {
            throw InvalidQuery.cursor();
        }
        return question.after(bookmark);
    }

    private List<Order.Term> order(List<String> sort) {
        List<SortTerm> terms = sort.stream()
                .map(term -> term.startsWith("-") ? new SortTerm(term.substring(1), true) : new SortTerm(term, false))
                .toList();
        Set<String> seen = new HashSet<>();
        List<Order.Term> order = new ArrayList<>();
        for (SortTerm term : terms) {
            if (!seen.add(term.field())) {
                fault("sort", "duplicate-field", "'%s' is named twice".formatted(term.field()));
            }
            sortable(term.field())
                    .ifPresent(path -> order.add(new Order.Term(EntityFields.column(path), term.descending())));
        }
        List<SortTerm> beforeKey = withoutKey(terms);
        if (beforeKey.size() > 1
                && order.size() == terms.size()
                && !type.sortable().contains(beforeKey)) {
            fault("sort", "not-sortable", "this combination of fields is not sortable; " + sortableCombinations());
        }
        return order.subList(0, Math.min(order.size(), beforeKey.size()));
    }

    private Optional<FieldPath> sortable(String name) {
        Optional<FieldPath> path = fields.visible(name, grant);
        String detail;
        if (path.isEmpty()) {
            detail = "there is no field '%s'".formatted(name);
        } else if (!fields.filterable(path.get())) {
            detail = "'%s' is not sortable".formatted(name);
        } else if (!grant.alwaysShows(path.get().classifications())) {
            detail = "'%s' is not shown to you on every row, so it cannot be sorted by".formatted(name);
        } else {
            return path;
        }
        String code = path.isEmpty() ? "unknown-field" : "not-sortable";
        fault("sort", code, detail + "; sortable are " + words(sortableNames()));
        return Optional.empty();
    }

    /// Without the key at the end, which breaks every tie anyway, in the direction of the term before it.
    private List<SortTerm> withoutKey(List<SortTerm> terms) {
        int before = terms.size() - type.key().size();
        if (before < 0) {
            return terms;
        }
        boolean descending = before > 0 && terms.get(before - 1).descending();
        List<SortTerm> key = type.key().stream()
                .map(path -> new SortTerm(path.name(), descending))
                .toList();
        return terms.subList(before, terms.size()).equals(key) ? terms.subList(0, before) : terms;
    }

    private List<String> sortableNames() {
        return fields.filterableNames(grant).stream()
                .filter(name -> fields.visible(name, grant)
                        .filter(path -> grant.alwaysShows(path.classifications()))
                        .isPresent())
                .toList();
    }

    private String sortableCombinations() {
        List<String> allowed = type.sortable().stream()
                .filter(terms -> terms.stream().allMatch(term -> sortableNames().contains(term.field())))
                .map(terms -> String.join(
                        ",",
                        terms.stream()
                                .map(term -> (term.descending() ? "-" : "") + term.field())
                                .toList()))
                .toList();
        return allowed.isEmpty() ? "sort by one field" : "sort by one field or by " + String.join(" or ", allowed);
    }

    private void refuseFaults() {
        if (!faults.isEmpty()) {
            throw new InvalidQuery(faults);
        }
    }

    private void fault(String parameter, String code, String detail) {
        faults.add(new Fault(parameter, code, detail));
    }

    static String words(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
