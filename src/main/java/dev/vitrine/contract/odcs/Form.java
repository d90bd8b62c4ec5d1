package dev.vitrine.contract.odcs;

import dev.vitrine.contract.ContractsInvalid;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.LoadedContracts;
import dev.vitrine.contract.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// All majors of one product, as their files say at one time: they come into force together, since they share tables.
///
/// @param files sorted by path
/// @param contracts what of them is served
record Form(String product, List<ContractFile> files, LoadedContracts contracts) {
    Form {
        files = List.copyOf(files);
    }

    /// @throws ContractsInvalid if two files are about one version, or two versions disagree about a table
    static Form of(String product, List<ContractFile> files, Environment environment) {
        refuseSecondFiles(files);
        return new Form(
                product,
                files,
                LoadedContracts.of(files.stream()
                        .map(ContractFile::product)
                        .filter(version -> isServed(version, environment))
                        .toList()));
    }

    private static void refuseSecondFiles(List<ContractFile> files) {
        List<Problem> found = new ArrayList<>();
        Map<String, DataProduct> byAddress = new HashMap<>();
        for (ContractFile file : files) {
            DataProduct version = file.product();
            DataProduct other = byAddress.putIfAbsent(version.address(), version);
            if (other != null) {
                found.add(new Problem(
                        version.source().toString(),
                        0,
                        "version",
                        version.address() + " is described by " + other.source() + " too",
                        "Keep one file a product and major version"));
            }
        }
        if (!found.isEmpty()) {
            throw new ContractsInvalid(found);
        }
    }

    private static boolean isServed(DataProduct version, Environment environment) {
        return switch (version.status()) {
            case PROPOSED, DRAFT -> environment.drafts();
            case ACTIVE, DEPRECATED, RETIRED -> true;
        };
    }

    /// The contracts of several products.
    static LoadedContracts together(Collection<Form> forms) {
        return new LoadedContracts(
                forms.stream()
                        .flatMap(form -> form.contracts.products().stream())
                        .sorted(Comparator.comparing(DataProduct::name).thenComparingInt(DataProduct::major))
                        .toList(),
                tables(forms));
    }

    /// The tables of several products, sorted by address.
    static List<GoldTable> tables(Collection<Form> forms) {
        return forms.stream()
                .flatMap(form -> form.contracts.tables().stream())
                .sorted(Comparator.comparing(GoldTable::address))
                .toList();
    }

    boolean sameAs(Form other) {
        if (files.size() != other.files.size()) {
            return false;
        }
        for (int i = 0; i < files.size(); i++) {
            if (!files.get(i).sameAs(other.files.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// Without the versions that another form of the product does not serve: they are withdrawn.
    Form onlyVersionsOf(Form other, Environment environment) {
        Set<Integer> majors =
                other.contracts.products().stream().map(DataProduct::major).collect(Collectors.toSet());
        List<ContractFile> left = files.stream()
                .filter(file -> majors.contains(file.product().major()))
                .toList();
        return left.size() == files.size() ? this : of(product, left, environment);
    }
}
