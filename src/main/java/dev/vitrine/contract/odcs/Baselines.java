package dev.vitrine.contract.odcs;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.Problem;
import dev.vitrine.contract.compatibility.ContractChange;
import dev.vitrine.contract.compatibility.ContractChanges;
import java.util.ArrayList;
import java.util.List;

/// What is published of the contracts of a folder: each `published.odcs.yaml` is the contract as callers know it. A
/// contract may add to it within a major version, but break nothing.
///
/// @param published versions that are promised to callers; drafts and proposals are not
/// @param problems what is wrong with the baselines themselves
record Baselines(List<DataProduct> published, List<Problem> problems) {

    static Baselines of(Listing listing) {
        List<DataProduct> published = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        listing.baselines().forEach((path, bytes) -> {
            Problems inFile = new Problems(listing.source(path).toString());
            Promise.read(bytes, listing.source(path), inFile)
                    .filter(Baselines::isPromised)
                    .ifPresent(published::add);
            problems.addAll(inFile.list());
        });
        return new Baselines(published, problems);
    }

    private static boolean isPromised(DataProduct product) {
        return switch (product.status()) {
            case PROPOSED, DRAFT -> false;
            case ACTIVE, DEPRECATED, RETIRED -> true;
        };
    }

    /// Whether a contract breaks nothing; else the reasons are among the problems.
    boolean allow(DataProduct product, Problems problems) {
        boolean allowed = true;
        for (DataProduct baseline : published) {
            if (baseline.address().equals(product.address())) {
                for (ContractChange change : ContractChanges.breaking(baseline, product)) {
                    allowed = false;
                    problems.add(
                            0,
                            change.where(),
                            "%s. That breaks what is published of %s (%s)"
                                    .formatted(change.words(), product.address(), baseline.source()),
                            "Take it back, or write it as version %d.0.0 into a file of its own beside this one"
                                    .formatted(product.major() + 1));
                }
            }
        }
        return allowed;
    }
}
