package dev.vitrine.rest;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.DataProduct.Status;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Relation;
import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Finds what an address below `/api/` means by the contracts in force now.
final class Routes {

    private static final int LONGEST_RETRY = 60;

    private final Contracts contracts;
    private final InstantSource clock;
    private volatile Table table = new Table(List.of(), Map.of());

    Routes(Contracts contracts, InstantSource clock) {
        this.contracts = contracts;
        this.clock = clock;
    }

    /// The collection at that address; throws a [Refusal] that says which part of the address is unknown or gone.
    Route find(String product, String version, String entity) {
        Route route = table().routes.get(product + '/' + version + '/' + entity);
        if (route != null) {
            return route;
        }
        DataProduct found = product(product, version);
        throw new Refusal(
                ProblemType.UNKNOWN_ENTITY,
                "%s has no entity %s; it has: %s"
                        .formatted(
                                found.address(),
                                entity,
                                found.entities().stream().map(EntityType::name).collect(Collectors.joining(", "))));
    }

    /// The relation of that name; throws a [Refusal] that says which there are.
    Relation relation(Route route, String name) {
        List<Relation> relations = route.product().relations(route.entity());
        return relations.stream()
                .filter(relation -> relation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        ProblemType.UNKNOWN_RELATION,
                        "%s have no relation %s; there are: %s"
                                .formatted(
                                        route.entity().name(),
                                        name,
                                        relations.isEmpty()
                                                ? "none"
                                                : relations.stream()
                                                        .map(Relation::name)
                                                        .collect(Collectors.joining(", ")))));
    }

    /// Seconds after which a newer version of the table is likely: how often it is looked at.
    int retryAfter(DataProduct product, EntityType entity) {
        return contracts.tables().stream()
                .filter(table ->
                        table.product().equals(product.name()) && table.name().equals(entity.table()))
                .mapToInt(table -> Math.clamp(table.pace().toSeconds(), 1, LONGEST_RETRY))
                .findFirst()
                .orElse(1);
    }

    /// The product version at that address; throws as [#find] does.
    DataProduct product(String name, String version) {
        List<DataProduct> versions = contracts.products().stream()
                .filter(product -> product.name().equals(name))
                .toList();
        if (versions.isEmpty()) {
            throw new Refusal(ProblemType.UNKNOWN_PRODUCT, "There is no data product %s.".formatted(name));
        }
        DataProduct found = versions.stream()
                .filter(product -> ("v" + product.major()).equals(version))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        ProblemType.UNKNOWN_VERSION,
                        "%s has no version %s; served are: %s".formatted(name, version, served(versions))));
        if (isOver(found)) {
            throw new Refusal(
                    ProblemType.RETIRED, "%s is retired; served are: %s".formatted(found.address(), served(versions)));
        }
        return found;
    }

    /// The product versions that can be read now, sorted by name and major.
    List<DataProduct> served() {
        return contracts.products().stream().filter(product -> !isOver(product)).toList();
    }

    /// Whether it is retired, or the end that its contract planned has come for all of its collections.
    private boolean isOver(DataProduct product) {
        Instant now = clock.instant();
        return product.status() == Status.RETIRED
                || product.entities().stream()
                        .allMatch(entity -> product.endOfLife(entity)
                                .filter(end -> !now.isBefore(end))
                                .isPresent());
    }

    private String served(List<DataProduct> versions) {
        String list = versions.stream()
                .filter(product -> !isOver(product))
                .map(product -> "v" + product.major())
                .collect(Collectors.joining(", "));
        return list.isEmpty() ? "none" : list;
    }

    private Table table() {
        Table known = table;
        List<DataProduct> products = contracts.products();
        if (known.products != products) {
            known = new Table(products, routes(products));
            table = known;
        }
        return known;
    }

    /// Also those whose planned end has come, so that their addresses go on telling where to go.
    private static Map<String, Route> routes(List<DataProduct> products) {
        List<DataProduct> current = products.stream()
                .filter(product -> product.status() != Status.RETIRED)
                .toList();
        Map<String, Route> routes = new HashMap<>();
        for (DataProduct product : current) {
            for (EntityType entity : product.entities()) {
                String address = product.address() + '/' + entity.name();
                Ending ending = Ending.of(product, entity, current);
                routes.put(address, new Route(product, entity, ApiAddress.PREFIX + address, ending));
            }
        }
        return routes;
    }

    /// What was made of that very list of contracts.
    private record Table(List<DataProduct> products, Map<String, Route> routes) {}

    /// An entity collection of a product version.
    ///
    /// @param pattern of its addresses, without the key: what metrics count by
    record Route(DataProduct product, EntityType entity, String pattern, Ending ending) {}
}
