package dev.vitrine.sla;

import dev.vitrine.contract.DataProduct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/// Rules for Prometheus that hold a product version to its contract: the shares that its objectives are about, recorded
/// over every window of [BurnRate]; and the alerts of [Alerts].
public final class PrometheusRules {

    private PrometheusRules() {}

    /// A rule file, as Prometheus reads it and the chart takes it.
    public static String of(DataProduct product) {
        List<Objectives> all = Objectives.of(product);
        String name = "vitrine-" + product.name() + "-v" + product.major();
        List<Map<String, Object>> groups = new ArrayList<>();
        List<Map<String, Object>> recorded = recorded(all);
        if (!recorded.isEmpty()) {
            groups.add(group(name + "-shares", recorded));
        }
        groups.add(group(name, Alerts.of(all)));
        return "# Made from the contract: do not edit.\n" + yaml().dump(Map.of("groups", groups));
    }

    private static List<Map<String, Object>> recorded(List<Objectives> all) {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (Objectives objectives : all) {
            String labels = Queries.entity(objectives);
            for (String window : BurnRate.windows()) {
                objectives
                        .failures()
                        .ifPresent(
                                share -> rules.add(rule(Queries.FAILURES + window, Queries.failures(labels, window))));
                objectives
                        .responseTime()
                        .ifPresent(promise ->
                                rules.add(rule(Queries.SLOW + window, Queries.slow(labels, promise, window))));
            }
        }
        return rules;
    }

    private static Map<String, Object> rule(String name, String expression) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("record", name);
        rule.put("expr", expression);
        return rule;
    }

    private static Map<String, Object> group(String name, List<Map<String, Object>> rules) {
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("name", name);
        group.put("interval", "30s");
        group.put("rules", rules);
        return group;
    }

    private static Yaml yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        return new Yaml(options);
    }
}
