package dev.vitrine;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.Problem;
import dev.vitrine.contract.odcs.LiveContracts;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says in the log what came of edits of the contracts, once each. One thread.
final class ContractsNews {

    private static final Logger log = LoggerFactory.getLogger(ContractsNews.class);

    private final LiveContracts contracts;
    private List<DataProduct> products;
    private List<Problem> refused = List.of();
    private Set<String> waiting = Set.of();

    /// What is in force by now is no news.
    ContractsNews(LiveContracts contracts) {
        this.contracts = contracts;
        this.products = contracts.products();
    }

    void say() {
        sayRefused(contracts.refused());
        sayWaiting(contracts.waiting());
        sayProducts(contracts.products());
    }

    private void sayRefused(List<Problem> now) {
        if (!now.equals(refused)) {
            if (now.isEmpty()) {
                log.info("All contracts are accepted again");
            } else {
                log.warn(
                        "Contracts are refused; what was accepted of them before stays in force\n\n{}\n",
                        ContractsInvalidAnalyzer.words(now));
            }
        }
        refused = now;
    }

    private void sayWaiting(Set<String> now) {
        now.stream()
                .filter(product -> !waiting.contains(product))
                .forEach(product -> log.info(
                        "{}: the edit of its contract asks for more than is stored; it comes into force once that is loaded",
                        product));
        waiting = now;
    }

    private void sayProducts(List<DataProduct> now) {
        now.stream()
                .filter(product -> products.stream().noneMatch(known -> known == product))
                .forEach(product -> log.info("{}: version {} is in force", product.address(), product.version()));
        products.stream()
                .map(DataProduct::address)
                .filter(address ->
                        now.stream().noneMatch(product -> product.address().equals(address)))
                .forEach(address -> log.info("{} is withdrawn", address));
        products = now;
    }
}
