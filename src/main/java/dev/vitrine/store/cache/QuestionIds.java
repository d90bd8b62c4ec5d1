package dev.vitrine.store.cache;

import dev.vitrine.entity.Filter;
import dev.vitrine.entity.Order;
import dev.vitrine.entity.Page;
import dev.vitrine.store.Layout;
import dev.vitrine.store.PageRequest;
import java.util.ArrayList;
import java.util.List;

/// Names of pages and counts in a shared cache: the same for equal questions, and for those alone.
final class QuestionIds {

    private QuestionIds() {}

    /// @param layout fingerprint of what the asking table wants
    static String of(PageRequest request, String layout) {
        List<String> texts = new ArrayList<>();
        texts.add(layout);
        texts.add(String.valueOf(request.limit()));
        filter(request.filter(), texts);
        for (Order.Term term : request.order().terms()) {
            texts.add((term.descending() ? "-" : "+") + Layout.text(term.column()));
        }
        Page.Position after = request.after();
        if (after != null) {
            texts.add("after");
            after.terms().forEach(value -> texts.add(value == null ? "null" : "=" + value));
            after.key().values().forEach(value -> texts.add("=" + value));
        }
        return Ids.hash(texts);
    }

    /// The count of what a filter selects.
    static String of(Filter filter, String layout) {
        List<String> texts = new ArrayList<>();
        texts.add("count");
        texts.add(layout);
        filter(filter, texts);
        return Ids.hash(texts);
    }

    private static void filter(Filter filter, List<String> texts) {
        switch (filter) {
            case Filter.And and -> parts("and", and.parts(), texts);
            case Filter.Or or -> parts("or", or.parts(), texts);
            case Filter.Not not -> parts("not", List.of(not.part()), texts);
            case Filter.Comparison comparison -> {
                texts.add(comparison.operator().name());
                texts.add(Layout.text(comparison.column()));
                texts.add(comparison.value().toString());
            }
            case Filter.In in -> {
                texts.add("in" + in.values().size());
                texts.add(Layout.text(in.column()));
                in.values().forEach(value -> texts.add(value.toString()));
            }
            case Filter.StartsWith starts -> {
                texts.add("starts");
                texts.add(Layout.text(starts.column()));
                texts.add(starts.prefix());
            }
            case Filter.IsNull isNull -> {
                texts.add("null");
                texts.add(Layout.text(isNull.column()));
            }
        }
    }

    private static void parts(String name, List<Filter> parts, List<String> texts) {
        texts.add(name + parts.size());
        parts.forEach(part -> filter(part, texts));
    }
}
