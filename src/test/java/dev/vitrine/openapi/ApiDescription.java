package dev.vitrine.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What the OpenAPI document of a product version says of exchanges. Threads may share it.
final class ApiDescription {

    /// What lies beside the entities of a product version, and is no part of its document.
    private static final Set<String> BESIDE = Set.of("openapi.json", "openapi.yaml", "graphql", "schema.graphqls");

    private final Document document;
    private final List<Address> addresses;
    private final boolean madeUp;

    /// @param madeUp whether the entities in answers are some test's invention
    ApiDescription(byte[] json, boolean madeUp) {
        this.document = Document.of(json);
        this.madeUp = madeUp;
        this.addresses =
                document.at("/paths").propertyNames().stream().map(Address::of).toList();
    }

    /// Whether the path is of something that no document describes.
    static boolean isBeside(String path) {
        return BESIDE.contains(path.substring(path.lastIndexOf('/') + 1));
    }

    /// What of an exchange is not as the documents say.
    ///
    /// @param all documents by the beginning of the paths that they describe
    static List<String> check(Exchange exchange, Map<String, ApiDescription> all) {
        List<String> found = new ArrayList<>();
        if (!exchange.method().equals("OPTIONS") && !all.isEmpty()) {
            String path = Address.decodedNames(exchange.path());
            all.entrySet().stream()
                    .filter(entry -> path.startsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .ifPresentOrElse(
                            its -> its.check(exchange, path, found),
                            // of no product version: its problem looks like every other
                            () -> all.values().iterator().next().checkUndescribed(exchange, found));
        }
        return found;
    }

    private void check(Exchange exchange, String path, List<String> found) {
        addresses.stream()
                .filter(each -> each.matches(path))
                .findFirst()
                .ifPresentOrElse(
                        address -> check(exchange, address, path, found), () -> checkUndescribed(exchange, found));
    }

    private void check(Exchange exchange, Address address, String path, List<String> found) {
        String method =
                exchange.method().equals("HEAD") ? "get" : exchange.method().toLowerCase(Locale.ROOT);
        String item = "/paths/" + Document.escaped(address.template());
        boolean described = document.has(item + '/' + method);
        if (!described && exchange.status() < 400) {
            found.add("the method is not described at " + address.template());
            return;
        }
        String operation = item
                + '/'
                + (described
                        ? method
                        : document.at(item).propertyNames().iterator().next());
        String answer = document.resolved(operation + "/responses/" + exchange.status());
        if (!document.has(answer)) {
            found.add("the status is not described at " + operation);
            return;
        }
        AnswerCheck answers = new AnswerCheck(document, found);
        answers.headers(exchange, answer);
        if (exchange.hasBody()) {
            if (exchange.status() >= 400) {
                answers.problem(exchange);
            }
            answers.body(exchange, answer, madeUp && exchange.succeeded());
        }
        if (exchange.succeeded() && !madeUp) {
            new RequestCheck(document, operation, found).check(exchange, address.values(path));
        }
    }

    private void checkUndescribed(Exchange exchange, List<String> found) {
        if (exchange.status() < 400) {
            found.add("the path is not described");
        } else if (exchange.hasBody()) {
            new AnswerCheck(document, found).problem(exchange);
        }
    }
}
