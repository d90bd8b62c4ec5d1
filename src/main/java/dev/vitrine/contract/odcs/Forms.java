package dev.vitrine.contract.odcs;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.LoadedContracts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The accepted forms of every product, oldest first. The first is in force, the last is the newest; there are several
/// only while the tables of the newest wait to be loaded as it needs them. Those between may be what is loaded first.
record Forms(SortedMap<String, List<Form>> byProduct) {

    static Forms none() {
        return new Forms(new TreeMap<>());
    }

    /// What is in force.
    Collection<Form> first() {
        return byProduct.values().stream().map(List::getFirst).toList();
    }

    /// What is wanted, by product.
    SortedMap<String, Form> newest() {
        SortedMap<String, Form> newest = new TreeMap<>();
        byProduct.forEach((product, forms) -> newest.put(product, forms.getLast()));
        return newest;
    }

    /// The products whose newest form is not in force yet.
    Set<String> waiting() {
        Set<String> waiting = new TreeSet<>();
        byProduct.forEach((product, forms) -> {
            if (forms.size() > 1) {
                waiting.add(product);
            }
        });
        return waiting;
    }

    /// With these as the newest. Products and versions that are not among them are withdrawn at once.
    Forms with(SortedMap<String, Form> newest, Environment environment) {
        SortedMap<String, List<Form>> next = new TreeMap<>();
        newest.forEach((product, form) -> {
            List<Form> known = byProduct.getOrDefault(product, List.of());
            next.put(product, !known.isEmpty() && known.getLast() == form ? known : append(known, form, environment));
        });
        return new Forms(next);
    }

    private static List<Form> append(List<Form> known, Form form, Environment environment) {
        List<Form> forms = new ArrayList<>();
        known.forEach(older -> {
            Form left = older.onlyVersionsOf(form, environment);
            if (!left.files().isEmpty() && !left.sameAs(form)) {
                forms.add(left);
            }
        });
        // an edit that was taken back is the form that it was before
        forms.add(known.stream().filter(form::sameAs).findFirst().orElse(form));
        return List.copyOf(forms);
    }

    /// Brings into force what the store is ready for: the newest form of each product of which it covers every table
    /// that it covers for a form before. The same object if that changes nothing.
    Forms settled(Predicate<GoldTable> covers) {
        SortedMap<String, List<Form>> next = new TreeMap<>();
        byProduct.forEach((product, forms) -> {
            int ready = forms.size() - 1;
            while (ready > 0 && !follows(forms.get(ready), forms.subList(0, ready), covers)) {
                ready--;
            }
            next.put(product, ready == 0 ? forms : List.copyOf(forms.subList(ready, forms.size())));
        });
        return next.equals(byProduct) ? this : new Forms(next);
    }

    private static boolean follows(Form next, List<Form> before, Predicate<GoldTable> covers) {
        return next.contracts().tables().stream()
                .allMatch(table -> covers.test(table)
                        || tables(before)
                                .filter(served -> served.name().equals(table.name()))
                                .noneMatch(covers));
    }

    private static Stream<GoldTable> tables(List<Form> forms) {
        return forms.stream().flatMap(form -> form.contracts().tables().stream());
    }

    /// The newest contracts of that product by which the store can answer for the entity from another table than the
    /// one that it lacks something of.
    Optional<LoadedContracts> answering(
            DataProduct product, EntityType entity, GoldTable lacking, Predicate<GoldTable> covers) {
        return byProduct.getOrDefault(product.name(), List.of()).reversed().stream()
                .map(Form::contracts)
                .filter(contracts -> contracts
                        .product(product.name(), product.major())
                        .filter(version -> version.status() != DataProduct.Status.RETIRED)
                        .flatMap(version -> version.entity(entity.name()).map(form -> contracts.table(version, form)))
                        .filter(table -> !table.equals(lacking) && covers.test(table))
                        .isPresent())
                .findFirst();
    }
}
