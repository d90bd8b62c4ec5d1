package dev.vitrine.query;

import dev.vitrine.contract.Relation;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Page;
import dev.vitrine.query.Wanted.Expansion;
import dev.vitrine.store.Answer;
import dev.vitrine.store.BudgetExceeded;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.PageRequest;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.StoredTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads entities with what is wanted of them: the store is read once, and once more for each relation, however many
/// entities there are. Threads may share it.
record Answers(Cursors cursors, ReadBudget budget, Toll toll) {

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    /// What is stored under each key, and the state it was read at.
    record Looked(AsOf asOf, List<Lookup> lookups) {}

    /// @param keys null where the caller's text can be no key, so that no entity has it
    Looked look(Opened opened, List<@Nullable EntityKey> keys) {
        List<EntityKey> possible = keys.stream().filter(Objects::nonNull).toList();
        if (possible.isEmpty()) {
            return new Looked(opened.served(), Collections.nCopies(keys.size(), new Lookup.Absent()));
        }
        if (keys.size() == 1) {
            Answer<Lookup> answer = opened.read(table -> table.get(possible.getFirst()));
            return new Looked(AsOf.of(answer), List.of(answer.value()));
        }
        Answer<List<Lookup>> answer = opened.read(table -> table.getAll(possible));
        Iterator<Lookup> found = answer.value().iterator();
        return new Looked(
                AsOf.of(answer),
                keys.stream()
                        .map(key -> key == null ? new Lookup.Absent() : found.next())
                        .toList());
    }

    /// One answer per key.
    ///
    /// @param keys as in [#look]
    List<EntityAnswer> each(Opened opened, Wanted wanted, List<@Nullable EntityKey> keys) {
        Looked looked = look(opened, keys);
        List<Opened.@Nullable Row> rows = opened.see(looked.lookups());
        Iterator<byte[]> shown = json(
                        opened, wanted, rows.stream().filter(Objects::nonNull).toList())
                .iterator();
        List<EntityAnswer> answers = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            answers.add(
                    rows.get(i) == null
                            ? opened.without(looked.lookups().get(i), looked.asOf())
                            : new EntityAnswer.One(looked.asOf(), shown.next()));
        }
        return answers;
    }

    /// What a relation leads to from each key's entity.
    ///
    /// @param keys as in [#look]
    /// @param behind answers what is behind links, one answer each
    List<EntityAnswer> related(
            Opened from,
            List<@Nullable EntityKey> keys,
            Relation relation,
            Opened target,
            Function<List<Link>, List<? extends EntityAnswer>> behind) {
        Looked looked = look(from, keys);
        List<@Nullable Link> links = new ArrayList<>();
        for (Opened.Row row : from.see(looked.lookups())) {
            links.add(row == null ? null : Link.from(row, relation));
        }
        List<? extends EntityAnswer> found =
                behind.apply(links.stream().filter(Objects::nonNull).toList());
        AsOf asOf = found.isEmpty() ? target.served() : found.getFirst().asOf();
        Iterator<? extends EntityAnswer> next = found.iterator();
        List<EntityAnswer> answers = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            answers.add(links.get(i) == null ? from.without(looked.lookups().get(i), asOf) : next.next());
        }
        return answers;
    }

    /// One page per question; the questions want the same of each entity.
    ///
    /// @param count whether the totals are wanted, which takes one more read
    /// @throws QueryTooExpensive past the budget
    /// @throws CursorExpired if a question goes on after a page of another epoch
    List<EntityAnswer.Many> pages(Opened opened, List<Question> questions, int limit, boolean count) {
        if (questions.isEmpty()) {
            return List.of();
        }
        List<PageRequest> requests =
                questions.stream().map(question -> question.request(limit)).toList();
        Answer<List<Page>> answer = within(opened, questions.getFirst(), table -> table.pages(requests, budget));
        AsOf asOf = AsOf.of(answer);
        List<Opened.Row> rows = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (Page page : answer.value()) {
            page.items().stream().map(opened::see).filter(Objects::nonNull).forEach(rows::add);
            ends.add(rows.size());
        }
        List<byte[]> shown = json(opened, questions.getFirst().wanted(), rows);
        Iterator<Long> totals = count ? counts(opened, questions).iterator() : Collections.emptyIterator();
        List<EntityAnswer.Many> pages = new ArrayList<>(questions.size());
        for (int i = 0; i < questions.size(); i++) {
            String next =
                    cursor(opened, questions.get(i), asOf, answer.value().get(i).next());
            List<byte[]> items = shown.subList(i == 0 ? 0 : ends.get(i - 1), ends.get(i));
            Long total = totals.hasNext() ? totals.next() : null;
            pages.add(new EntityAnswer.Many(asOf, items, next, total));
        }
        return pages;
    }

    /// One page per question, without expansions.
    ///
    /// @param count whether the totals are wanted, which takes one more read
    /// @throws QueryTooExpensive past the budget
    /// @throws CursorExpired if a question goes on after a page of another epoch
    List<EntityEdges> edges(Opened opened, List<Question> questions, int limit, boolean count) {
        List<PageRequest> requests =
                questions.stream().map(question -> question.request(limit)).toList();
        Answer<List<Page>> answer = within(opened, questions.getFirst(), table -> table.pages(requests, budget));
        AsOf asOf = AsOf.of(answer);
        Iterator<Long> totals = count ? counts(opened, questions).iterator() : Collections.emptyIterator();
        List<EntityEdges> pages = new ArrayList<>(questions.size());
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            Page page = answer.value().get(i);
            requireEpoch(opened, question, asOf);
            List<EntityEdges.Edge> edges = page.items().stream()
                    .map(opened::see)
                    .filter(Objects::nonNull)
                    .map(row -> new EntityEdges.Edge(
                            opened.render(row, question.wanted().selected()),
                            () -> written(opened, question, asOf, question.position(row.entity()))))
                    .toList();
            pages.add(new EntityEdges(asOf, edges, page.next() != null, totals.hasNext() ? totals.next() : null));
        }
        return pages;
    }

    private List<Long> counts(Opened opened, List<Question> questions) {
        List<Filter> filters = questions.stream().map(Question::filter).toList();
        return within(opened, questions.getFirst(), table -> table.counts(filters, budget))
                .value();
    }

    private <T> Answer<T> within(Opened opened, Question question, Function<StoredTable, Answer<T>> read) {
        try {
            return opened.read(read);
        } catch (BudgetExceeded e) {
            throw new QueryTooExpensive(Advice.on(opened.type(), question, budget), e);
        }
    }

    private @Nullable String cursor(Opened opened, Question question, AsOf asOf, Page.@Nullable Position next) {
        requireEpoch(opened, question, asOf);
        return next == null ? null : written(opened, question, asOf, next);
    }

    private static void requireEpoch(Opened opened, Question question, AsOf asOf) {
        Bookmark after = question.after();
        if (after != null && after.epoch() != asOf.revision().epoch()) {
            throw new CursorExpired(opened.type().name());
        }
    }

    private String written(Opened opened, Question question, AsOf asOf, Page.Position position) {
        return cursors.write(
                new Bookmark(asOf.revision().epoch(), position),
                question.binding(),
                question.termTypes(),
                Keys.types(opened.type()));
    }

    private List<byte[]> json(Opened opened, Wanted wanted, List<Opened.Row> rows) {
        List<byte[]> json = new ArrayList<>(rows.size());
        rows.forEach(row -> json.add(opened.render(row, wanted.selected())));
        for (Expansion expansion : wanted.expansions()) {
            List<byte[]> values = expansion.relation().toMany() ? many(expansion, rows) : one(expansion, rows);
            for (int i = 0; i < values.size(); i++) {
                json.set(i, expansion.addedTo(json.get(i), values.get(i)));
            }
        }
        return json;
    }

    private List<byte[]> one(Expansion expansion, List<Opened.Row> rows) {
        List<@Nullable EntityKey> keys = new ArrayList<>();
        for (Opened.Row row : rows) {
            Link link = Link.from(row, expansion.relation());
            keys.add(link == null ? null : link.key().orElse(null));
        }
        Set<EntityKey> distinct = new LinkedHashSet<>();
        keys.stream().filter(Objects::nonNull).forEach(distinct::add);
        Map<@Nullable EntityKey, byte[]> found = new HashMap<>();
        if (!distinct.isEmpty()) {
            List<@Nullable EntityKey> asked = new ArrayList<>(distinct);
            toll.charge(Toll.units(asked.size()));
            List<EntityAnswer> answers = each(expansion.target(), expansion.wanted(), asked);
            note(
                    expansion,
                    answers.stream()
                            .filter(EntityAnswer.One.class::isInstance)
                            .map(one -> ((EntityAnswer.One) one).json())
                            .toList());
            for (int i = 0; i < asked.size(); i++) {
                if (answers.get(i) instanceof EntityAnswer.One one) {
                    found.put(asked.get(i), one.json());
                }
            }
        }
        return keys.stream()
                .map(key -> key == null ? NULL : found.getOrDefault(key, NULL))
                .toList();
    }

    private List<byte[]> many(Expansion expansion, List<Opened.Row> rows) {
        List<Link> links = new ArrayList<>();
        List<Integer> page = new ArrayList<>();
        for (Opened.Row row : rows) {
            Link link = Link.from(row, expansion.relation());
            page.add(link == null ? -1 : links.size());
            if (link != null) {
                links.add(link);
            }
        }
        List<Question> questions = links.stream()
                .map(link -> Question.behind(link, expansion.target(), expansion.wanted()))
                .toList();
        toll.charge(questions.size() * Toll.units(Wanted.PAGE));
        List<EntityAnswer.Many> pages = pages(expansion.target(), questions, Wanted.PAGE, false);
        note(expansion, pages.stream().flatMap(found -> found.items().stream()).toList());
        return page.stream()
                .map(index -> index < 0 ? NULL : body(pages.get(index)))
                .toList();
    }

    private void note(Expansion expansion, List<byte[]> shown) {
        long bytes = shown.stream().mapToLong(json -> json.length).sum();
        toll.note(expansion.target(), expansion.wanted().selected(), shown.size(), bytes);
    }

    private static byte[] body(EntityAnswer.Many page) {
        return PageBody.of(page.items(), page.nextCursor());
    }
}
