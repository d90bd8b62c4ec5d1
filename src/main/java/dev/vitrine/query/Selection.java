package dev.vitrine.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a caller asks of a collection, in the caller's words; [Entities] checks it.
///
/// @param conditions all of them must hold
/// @param sort terms such as `-totalPrice`; empty: by key
/// @param limit 1 to 200
/// @param cursor from the page before; null: the first page
/// @param fields names to answer with, `customer.name` for one of an expanded relation; null: all that the caller may
/// see
/// @param count whether the total is wanted
/// @param expand relations to answer with, `customer` or, from there on, `customer.orders`
public record Selection(
        List<Condition> conditions,
        List<String> sort,
        int limit,
        @Nullable String cursor,
        @Nullable List<String> fields,
        boolean count,
        List<String> expand) {
    public Selection {
        conditions = List.copyOf(conditions);
        sort = List.copyOf(sort);
        expand = List.copyOf(expand);
    }

    /// Without relations.
    public Selection(
            List<Condition> conditions,
            List<String> sort,
            int limit,
            @Nullable String cursor,
            @Nullable List<String> fields,
            boolean count) {
        this(conditions, sort, limit, cursor, fields, count, List.of());
    }

    /// The same question, for the page after that cursor; the total is not asked for again.
    public Selection after(String nextCursor) {
        return new Selection(conditions, sort, limit, nextCursor, fields, false, expand);
    }

    /// The same question about so many entities a page.
    public Selection limitedTo(int otherLimit) {
        return new Selection(conditions, sort, otherLimit, cursor, fields, count, expand);
    }

    /// What a page takes of the caller's plan, without the total and relations.
    public long units() {
        return Toll.units(Math.clamp(limit, 1, QuestionReader.MOST_ENTITIES));
    }

    /// One filter.
    ///
    /// @param parameter as the caller wrote it, for error messages: `totalPrice.gte`
    /// @param field name of the field: `totalPrice`
    /// @param values one; for `IN` any number
    public record Condition(String parameter, String field, Test test, List<String> values) {}

    /// How a filter compares.
    public enum Test {
        EQ,
        IN,
        GT,
        GTE,
        LT,
        LTE,
        STARTS_WITH,
        IS_NULL
    }
}
