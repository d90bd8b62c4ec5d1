package dev.vitrine.store.cosmos.server.sql;

import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How the SDK has to ask several partitions and put their answers together: what the service's gateway tells it.
public record QueryPlan(Query query) {

    private static final String FILTER = "{documentdb-formattableorderbyquery-filter}";

    /// `queryInfo` of the plan.
    public ObjectNode info() {
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        info.put("distinctType", "None");
        info.put("top", query.top());
        info.put("offset", query.offset());
        info.put("limit", query.limit());
        ArrayNode orderBy = info.putArray("orderBy");
        ArrayNode expressions = info.putArray("orderByExpressions");
        query.order().forEach(term -> {
            orderBy.add(term.descending() ? "Descending" : "Ascending");
            expressions.add(term.part().text());
        });
        info.putArray("groupByExpressions");
        info.putArray("groupByAliases");
        ArrayNode aggregates = info.putArray("aggregates");
        if (query.aggregates()) {
            aggregates.add("Count");
        }
        info.putObject("groupByAliasToAggregateType");
        info.put("rewrittenQuery", rewritten());
        info.put("hasSelectValue", query.select() instanceof Select.Value);
        info.put("hasNonStreamingOrderBy", false);
        return info;
    }

    /// Empty where the query can be sent as it is.
    private String rewritten() {
        boolean ordered = !query.order().isEmpty();
        if (!ordered && !query.aggregates() && query.limit() == null) {
            return "";
        }
        StringBuilder text = new StringBuilder("SELECT ");
        if (query.top() != null) {
            text.append("TOP ").append(query.top()).append(' ');
        }
        text.append(query.aggregates() ? aggregate() : ordered ? sorted() : selected());
        text.append("\nFROM ").append(query.root());
        Select.Part where = query.where();
        if (ordered) {
            text.append("\nWHERE (").append(FILTER).append(')');
            if (where != null) {
                text.append(" AND (").append(where.text()).append(')');
            }
        } else if (where != null) {
            text.append("\nWHERE ").append(where.text());
        }
        if (ordered) {
            text.append("\nORDER BY ")
                    .append(query.order().stream()
                            .map(term -> term.part().text() + (term.descending() ? " DESC" : " ASC"))
                            .collect(Collectors.joining(", ")));
        }
        Long offset = query.offset();
        Long limit = query.limit();
        if (offset != null && limit != null) {
            text.append("\nOFFSET 0 LIMIT ").append(offset + limit);
        }
        return text.toString();
    }

    private String aggregate() {
        return "VALUE [{\"item\": " + ((Select.Value) query.select()).part().text() + "}]";
    }

    private String selected() {
        return switch (query.select()) {
            case Select.Everything everything -> "*";
            case Select.Value value -> "VALUE " + value.part().text();
            case Select.Members members ->
                members.members().stream()
                        .map(member -> member.part().text() + " AS " + member.name())
                        .collect(Collectors.joining(", "));
        };
    }

    private String sorted() {
        String items = query.order().stream()
                .map(term -> "{\"item\": " + term.part().text() + "}")
                .collect(Collectors.joining(", ", "[", "]"));
        String payload = switch (query.select()) {
            case Select.Everything everything -> query.root();
            case Select.Value value -> value.part().text();
            case Select.Members members ->
                members.members().stream()
                        .map(member ->
                                "\"" + member.name() + "\": " + member.part().text())
                        .collect(Collectors.joining(", ", "{", "}"));
        };
        return query.root() + "._rid, " + items + " AS orderByItems, " + payload + " AS payload";
    }
}
