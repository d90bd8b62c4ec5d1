package dev.vitrine.store.cosmos.server.sql;

import dev.vitrine.store.cosmos.server.sql.Select.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a query. What it does not know it refuses, so that no test passes by a clause that was skipped.
final class Parser {

    private final String text;
    private final Words words;
    private final ExpressionParser expressions;

    private Parser(String text, Map<String, JsonNode> parameters) {
        this.text = text;
        this.words = new Words(text);
        this.expressions = new ExpressionParser(words, parameters);
    }

    static Query parse(String text, Map<String, JsonNode> parameters) {
        return new Parser(text, parameters).query();
    }

    private Query query() {
        words.expect("SELECT");
        Long top = words.skip("TOP") ? number() : null;
        int select = words.position();
        words.skipTo("FROM");
        String root = words.name();
        words.skip("AS");
        if (words.nextIsName() && !words.nextIsOneOf("WHERE", "ORDER", "OFFSET")) {
            root = words.name();
        }
        expressions.root(root);
        Part where = words.skip("WHERE") ? part() : null;
        List<Query.Term> order = order();
        Long offset = null;
        Long limit = null;
        if (words.skip("OFFSET")) {
            offset = number();
            words.expect("LIMIT");
            limit = number();
        }
        words.expectEnd();
        words.back(select);
        return new Query(select(), root, where, order, top, offset, limit);
    }

    private Select select() {
        if (words.skip("*")) {
            return new Select.Everything();
        }
        if (words.skip("VALUE")) {
            return new Select.Value(part());
        }
        List<Select.Named> members = new ArrayList<>();
        do {
            Part part = part();
            members.add(new Select.Named(words.skip("AS") ? words.name() : name(part, members.size()), part));
        } while (words.skip(","));
        return new Select.Members(members);
    }

    private static String name(Part part, int before) {
        return part.expression() instanceof Expression.Member member ? member.name() : "$" + (before + 1);
    }

    private List<Query.Term> order() {
        List<Query.Term> terms = new ArrayList<>();
        if (words.skip("ORDER")) {
            words.expect("BY");
            do {
                Part part = part();
                boolean descending = words.skip("DESC");
                if (!descending) {
                    words.skip("ASC");
                }
                terms.add(new Query.Term(part, descending));
            } while (words.skip(","));
        }
        return terms;
    }

    private Part part() {
        int start = words.start();
        Expression expression = expressions.expression();
        return new Part(expression, text.substring(start, words.endBefore()));
    }

    private @Nullable Long number() {
        if (expressions.primary() instanceof Expression.Literal literal
                && literal.value().isNumber()) {
            return literal.value().longValue();
        }
        throw new SqlInvalid("TOP, OFFSET and LIMIT take a number: %s".formatted(text.toLowerCase(Locale.ROOT)));
    }
}
