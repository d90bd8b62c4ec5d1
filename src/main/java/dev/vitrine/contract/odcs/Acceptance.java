package dev.vitrine.contract.odcs;

import dev.vitrine.contract.ContractsInvalid;
import dev.vitrine.contract.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is accepted of a folder of contracts, and what is refused.
///
/// - A file that is not in order by itself is refused; what was accepted of it before stands in for it.
/// - So is a file that breaks what is published of its version, and a baseline that cannot be read.
/// - Files of one product that do not go together are refused together; the product stays as it was accepted, and so
/// does one that such a file described before it was renamed.
/// - A file that is gone is gone. A folder that cannot be listed, or holds no contract at all, changes nothing.
///
/// @param forms what is accepted now, by product
/// @param problems all that is wrong, in the order of files and lines
record Acceptance(SortedMap<String, Form> forms, List<Problem> problems) {

    /// @param accepted what was accepted before, by product
    static Acceptance of(Listing listing, Map<String, Form> accepted, Environment environment) {
        if (listing.unusable() != null) {
            return new Acceptance(new TreeMap<>(accepted), List.of(listing.unusable()));
        }
        List<Problem> problems = new ArrayList<>(listing.unreadable().values());
        List<ContractFile> files = new ArrayList<>();
        listing.unreadable().keySet().forEach(path -> files.addAll(at(path, accepted)));
        Baselines baselines = Baselines.of(listing);
        problems.addAll(baselines.problems());
        listing.files().forEach((path, bytes) -> {
            Problems inFile = new Problems(listing.source(path).toString());
            Optional<ContractFile> read = ContractFile.read(path, bytes, listing.source(path), environment, inFile)
                    .filter(file -> baselines.allow(file.product(), inFile));
            read.ifPresentOrElse(file -> files.add(known(file, accepted)), () -> files.addAll(at(path, accepted)));
            problems.addAll(inFile.list());
        });
        SortedMap<String, Form> forms = new TreeMap<>();
        Map<String, Form> staying = new HashMap<>();
        byProduct(files).forEach((product, all) -> {
            try {
                Form form = Form.of(product, all, environment);
                Form known = accepted.get(product);
                forms.put(product, known != null && known.sameAs(form) ? known : form);
            } catch (ContractsInvalid invalid) {
                problems.addAll(invalid.problems());
                accepted.forEach((name, form) -> {
                    if (name.equals(product) || described(name, all, accepted)) {
                        staying.put(name, form);
                    }
                });
            }
        });
        forms.putAll(staying);
        problems.sort(Comparator.comparing(Problem::file).thenComparingInt(Problem::line));
        return new Acceptance(forms, problems);
    }

    private static SortedMap<String, List<ContractFile>> byProduct(List<ContractFile> files) {
        SortedMap<String, List<ContractFile>> products = new TreeMap<>();
        files.stream()
                .sorted(Comparator.comparing(ContractFile::path))
                .forEach(file -> products.computeIfAbsent(file.product().name(), name -> new ArrayList<>())
                        .add(file));
        return products;
    }

    /// Whether one of the files described that product when it was accepted.
    private static boolean described(String product, List<ContractFile> files, Map<String, Form> accepted) {
        return files.stream()
                .flatMap(file -> at(file.path(), accepted).stream())
                .anyMatch(file -> file.product().name().equals(product));
    }

    /// What was accepted at that path.
    private static List<ContractFile> at(String path, Map<String, Form> accepted) {
        return accepted.values().stream()
                .flatMap(form -> form.files().stream())
                .filter(file -> file.path().equals(path))
                .toList();
    }

    /// The same object for the same file, so that what others prepared for it is still good.
    private static ContractFile known(ContractFile read, Map<String, Form> accepted) {
        return at(read.path(), accepted).stream()
                .filter(read::sameAs)
                .findFirst()
                .orElse(read);
    }
}
