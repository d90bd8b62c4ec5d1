package dev.vitrine.store.cosmos;

import com.azure.cosmos.models.CompositePath;
import com.azure.cosmos.models.CompositePathSortOrder;
import com.azure.cosmos.models.CosmosContainerProperties;
import com.azure.cosmos.models.ExcludedPath;
import com.azure.cosmos.models.IncludedPath;
import com.azure.cosmos.models.IndexingPolicy;
import com.azure.cosmos.models.PartitionKeyDefinition;
import com.azure.cosmos.models.PartitionKeyDefinitionVersion;
import com.azure.cosmos.models.PartitionKind;
import dev.vitrine.contract.GoldTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// How containers are made: partitioned as [Placement] has it, indexed by what can be filtered and sorted by and
/// nothing else.
final class Policy {

    /// More the service does not allow; what is left out is sorted in this process, within the budget of a query.
    private static final int MAX_COMPOSITES = 100;

    private static final int MAX_PATHS = 8;

    private Policy() {}

    static CosmosContainerProperties control(String name) {
        return properties(
                name, List.of("/p"), Stream.of("/number/?", "/entity/?", "/pending/?", "/address/?"), List.of());
    }

    /// @param paths see [Placement]
    /// @param composites see [#composites]
    static CosmosContainerProperties generation(String name, List<String> paths, int columns, List<String> composites) {
        List<String> indexed =
                new ArrayList<>(List.of("/id/?", "/t/?", "/v/?", "/b/?", "/s/?", "/n/?", "/r/?", "/u/?"));
        for (int i = 0; i < columns; i++) {
            indexed.add("/" + Items.VALUES + "/c" + i + "/?");
        }
        CosmosContainerProperties properties = properties(name, paths, indexed.stream(), composites);
        // tombstones say how long they live, nothing else does
        properties.setDefaultTimeToLiveInSeconds(-1);
        return properties;
    }

    private static CosmosContainerProperties properties(
            String name, List<String> paths, Stream<String> indexed, List<String> composites) {
        PartitionKeyDefinition key = new PartitionKeyDefinition();
        key.setPaths(paths);
        key.setKind(paths.size() == 1 ? PartitionKind.HASH : PartitionKind.MULTI_HASH);
        // version 1 would hash the first hundred bytes alone
        key.setVersion(PartitionKeyDefinitionVersion.V2);
        IndexingPolicy policy = new IndexingPolicy();
        policy.setIncludedPaths(indexed.map(IncludedPath::new).toList());
        policy.setExcludedPaths(List.of(new ExcludedPath("/*")));
        policy.setCompositeIndexes(composites.stream().map(Policy::composite).toList());
        CosmosContainerProperties properties = new CosmosContainerProperties(name, key);
        properties.setIndexingPolicy(policy);
        return properties;
    }

    private static List<CompositePath> composite(String text) {
        return Arrays.stream(text.split(","))
                .map(term -> new CompositePath()
                        .setPath("/" + Items.VALUES + "/" + term.replace("-", ""))
                        .setOrder(
                                term.startsWith("-")
                                        ? CompositePathSortOrder.DESCENDING
                                        : CompositePathSortOrder.ASCENDING))
                .toList();
    }

    /// The combinations of columns that are sorted by: each column and each listed combination, then the key. As text:
    /// `c3,c0` or `-c3,c1,c0`; each serves its opposite too.
    static List<String> composites(GoldTable table, Columns columns) {
        Set<String> composites = new LinkedHashSet<>();
        Stream.concat(
                        table.indexed().stream()
                                .map(column -> List.of(columns.column(column).name())),
                        table.sorts().stream()
                                .map(terms -> terms.stream()
                                        .map(term -> (term.descending() ? "-" : "")
                                                + columns.column(term.column()).name())
                                        .toList()))
                .map(terms -> withKey(terms, columns))
                .filter(terms -> terms.size() > 1 && terms.size() <= MAX_PATHS)
                .forEach(terms -> composites.add(String.join(",", terms)));
        return composites.stream().limit(MAX_COMPOSITES).toList();
    }

    /// The key follows the direction of the last term, as in [dev.vitrine.entity.Order].
    private static List<String> withKey(List<String> terms, Columns columns) {
        List<String> all = new ArrayList<>(terms);
        String sign = terms.getLast().startsWith("-") ? "-" : "";
        columns.key().stream()
                .map(Column::name)
                .filter(name -> !terms.contains(name) && !terms.contains("-" + name))
                .forEach(name -> all.add(sign + name));
        return all;
    }
}
