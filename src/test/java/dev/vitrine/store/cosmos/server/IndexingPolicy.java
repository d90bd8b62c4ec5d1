package dev.vitrine.store.cosmos.server;

import dev.vitrine.store.cosmos.server.sql.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Which paths of a container are indexed, and so what it can sort by.
final class IndexingPolicy {

    private static final int MAX_COMPOSITES = 100;
    private static final int MAX_COMPOSITE_PATHS = 8;

    /// @param path without its last segment, `*` (everything below) or `?` (this value)
    private record Rule(List<String> path, boolean below, boolean included) {

        boolean matches(List<String> other) {
            return below
                    ? other.size() >= path.size()
                            && other.subList(0, path.size()).equals(path)
                    : path.equals(other);
        }

        int weight() {
            return 2 * path.size() + (below ? 0 : 1);
        }
    }

    private record Term(List<String> path, boolean descending) {}

    private final List<Rule> rules = new ArrayList<>();
    private final List<List<Term>> composites = new ArrayList<>();

    IndexingPolicy(JsonNode policy) {
        policy.path("includedPaths")
                .forEach(path -> rules.add(rule(path.path("path").stringValue(), true)));
        policy.path("excludedPaths")
                .forEach(path -> rules.add(rule(path.path("path").stringValue(), false)));
        if (rules.isEmpty()) {
            rules.add(new Rule(List.of(), true, true));
        }
        policy.path("compositeIndexes").forEach(composite -> {
            List<Term> terms = new ArrayList<>();
            composite.forEach(term -> terms.add(new Term(
                    segments(term.path("path").stringValue()),
                    term.path("order").asString("ascending").equals("descending"))));
            composites.add(terms);
        });
        if (composites.size() > MAX_COMPOSITES
                || composites.stream().anyMatch(terms -> terms.size() > MAX_COMPOSITE_PATHS || terms.size() < 2)) {
            throw Refusal.badRequest("At most " + MAX_COMPOSITES + " composite indexes of 2 to " + MAX_COMPOSITE_PATHS
                    + " paths: " + policy);
        }
    }

    private static Rule rule(String path, boolean included) {
        List<String> segments = segments(path);
        String last = segments.getLast();
        if (!last.equals("*") && !last.equals("?")) {
            throw Refusal.badRequest("The indexing path '" + path + "' could not be accepted, failed near position 0");
        }
        return new Rule(segments.subList(0, segments.size() - 1), last.equals("*"), included);
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.substring(1).split("/"))
                .map(segment -> segment.startsWith("\"") ? segment.substring(1, segment.length() - 1) : segment)
                .toList();
    }

    boolean indexed(List<String> path) {
        Rule best = null;
        for (Rule rule : rules) {
            if (rule.matches(path) && (best == null || rule.weight() > best.weight())) {
                best = rule;
            }
        }
        return best != null && best.included();
    }

    /// Whether the index is walked from its end for this order; ties then come in the reverse order of creation.
    boolean reversed(List<Query.Term> order) {
        if (order.isEmpty()) {
            return false;
        }
        if (order.size() == 1) {
            List<String> path = order.getFirst().path();
            if (path.isEmpty() || !indexed(path)) {
                throw Refusal.badRequest("The index path corresponding to the specified order-by item is excluded.");
            }
            return order.getFirst().descending();
        }
        List<Term> terms = order.stream()
                .map(term -> new Term(term.path(), term.descending()))
                .toList();
        if (composites.contains(terms)) {
            return false;
        }
        if (composites.stream().anyMatch(composite -> opposite(composite, terms))) {
            return true;
        }
        throw Refusal.badRequest(
                "The order by query does not have a corresponding composite index that it can be served from: "
                        + terms.stream()
                                .map(term -> String.join(".", term.path()) + (term.descending() ? " DESC" : ""))
                                .collect(Collectors.joining(", ")));
    }

    private static boolean opposite(List<Term> composite, List<Term> terms) {
        return composite.size() == terms.size()
                && IntStream.range(0, terms.size())
                        .allMatch(
                                i -> composite.get(i).path().equals(terms.get(i).path())
                                        && composite.get(i).descending()
                                                != terms.get(i).descending());
    }

    /// How many values of a document are indexed.
    int entries(JsonNode document) {
        return entries(document, new ArrayList<>()) + composites.size();
    }

    private int entries(JsonNode node, List<String> path) {
        if (!node.isObject()) {
            return indexed(path) ? 1 : 0;
        }
        int entries = 0;
        for (var member : node.properties()) {
            path.addLast(member.getKey());
            entries += entries(member.getValue(), path);
            path.removeLast();
        }
        return entries;
    }
}
