package dev.vitrine.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `helm/vitrine`, rendered and checked by Helm itself, without a cluster.
final class Chart {

    static final String RELEASE = "shop";

    private static final Path FOLDER = Path.of("helm", "vitrine");
    private static final String KUBERNETES = "1.33.0";
    private static final JsonMapper JSON = new JsonMapper();

    private Chart() {}

    /// The values files that come with the chart as examples.
    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
            return files.sorted().toList().stream();
        }
    }

    static Path example(String name) {
        return FOLDER.resolve("ci").resolve(name + "-values.yaml");
    }

    static Manifests render(Path values) {
        return manifests(template().withValuesFile(values).call());
    }

    /// @throws IllegalStateException with Helm's message where the values are refused
    static Manifests render(Path values, Map<String, String> set) {
        TemplateCommand command = template().withValuesFile(values);
        set.forEach(command::set);
        return manifests(command.call());
    }

    static String notes(Path values) {
        return new Helm(FOLDER)
                .install()
                .clientOnly()
                .dryRun()
                .withName(RELEASE)
                .withNamespace("data")
                .withKubeVersion(KUBERNETES)
                .withValuesFile(values)
                .call()
                .getOutput();
    }

    /// What `helm lint --strict --values` says: its library takes no values, so they are laid over the defaults of a
    /// copy.
    ///
    /// @param copy folder that does not exist
    static LintResult lint(Path values, Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(FOLDER.relativize(file)));
            }
        }
        Map<String, Object> defaults = yaml(copy.resolve("values.yaml"));
        Files.writeString(copy.resolve("values.yaml"), new Yaml().dump(merged(defaults, yaml(values))));
        return new Helm(copy).lint().strict().call();
    }

    static JsonNode tree(String yaml) {
        return JSON.valueToTree(new Yaml().load(yaml));
    }

    private static TemplateCommand template() {
        return new Helm(FOLDER)
                .template()
                .withName(RELEASE)
                .withNamespace("data")
                .withKubeVersion(KUBERNETES);
    }

    private static Manifests manifests(String rendered) {
        return new Manifests(StreamSupport.stream(new Yaml().loadAll(rendered).spliterator(), false)
                .map(JSON::<JsonNode>valueToTree)
                .filter(JsonNode::isObject)
                .toList());
    }

    private static Map<String, Object> yaml(Path file) throws IOException {
        return new Yaml().load(Files.readString(file));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> merged(Map<String, Object> below, Map<String, Object> above) {
        Map<String, Object> merged = new LinkedHashMap<>(below);
        above.forEach((key, value) -> merged.merge(
                key,
                value,
                (was, is) -> was instanceof Map && is instanceof Map
                        ? merged((Map<String, Object>) was, (Map<String, Object>) is)
                        : is));
        return merged;
    }

    /// What would be given to Kubernetes.
    record Manifests(List<JsonNode> all) {

        Stream<JsonNode> kind(String kind) {
            return all.stream()
                    .filter(manifest -> manifest.path("kind").asString().equals(kind));
        }

        JsonNode one(String kind, String name) {
            return kind(kind)
                    .filter(manifest -> name(manifest).equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " among "
                            + all.stream()
                                    .map(manifest -> manifest.path("kind").asString() + " " + name(manifest))
                                    .toList()));
        }

        /// StatefulSets and Deployments.
        Stream<JsonNode> workloads() {
            return Stream.concat(kind("StatefulSet"), kind("Deployment"));
        }

        static String name(JsonNode manifest) {
            return manifest.at("/metadata/name").asString();
        }

        static JsonNode pod(JsonNode workload) {
            return workload.at("/spec/template");
        }

        static JsonNode container(JsonNode workload) {
            return workload.at("/spec/template/spec/containers/0");
        }

        static JsonNode volume(JsonNode workload, String name) {
            return pod(workload)
                    .at("/spec/volumes")
                    .valueStream()
                    .filter(volume -> volume.path("name").asString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no volume " + name));
        }

        /// Whether labels hold all that a selector wants.
        static boolean selects(JsonNode selector, JsonNode labels) {
            return !selector.isEmpty()
                    && selector.properties().stream()
                            .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
        }
    }
}
