package dev.vitrine.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.chart.Chart.Manifests;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the chart and its examples configure is there to be configured: a property that nothing reads would be a
/// promise
/// without anybody to keep it.
class PropertiesTest {

    /// Read by name, and hence in no metadata.
    private static final Set<String> BY_NAME =
            Set.of("vitrine.store", "vitrine.data", "vitrine.roles", "vitrine.drain", "vitrine.cache.kind");

    static Stream<Path> examples() throws Exception {
        return Chart.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyPropertyIsOneOfTheServiceOrOfSpring(Path values) throws Exception {
        Set<String> known = new HashSet<>(BY_NAME);
        for (URL metadata : Collections.list(
                getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream json = metadata.openStream()) {
                new JsonMapper()
                        .readTree(json)
                        .path("properties")
                        .forEach(property -> known.add(property.path("name").asString()));
            }
        }

        assertThat(configured(values))
                .isNotEmpty()
                .allSatisfy(property -> assertThat(known).contains(property));
    }

    private static Set<String> configured(Path values) throws IOException {
        Set<String> names = new HashSet<>();
        Manifests manifests = Chart.render(values);
        for (JsonNode manifest : manifests.all()) {
            JsonNode text = manifest.at("/data/application.yaml");
            if (text.isString()) {
                Map<String, Object> tree = new Yaml().load(text.asString());
                names(tree, "", names);
            }
            manifest.at("/spec/template/spec/volumes")
                    .forEach(volume -> volume.at("/projected/sources")
                            .forEach(source -> source.at("/secret/items")
                                    .forEach(item -> names.add(item.path("path").asString()))));
        }
        return names;
    }

    private static void names(Map<?, ?> tree, String prefix, Set<String> names) {
        tree.forEach((key, value) -> {
            if (value instanceof Map<?, ?> below) {
                names(below, prefix + key + ".", names);
            } else {
                names.add(prefix + key);
            }
        });
    }
}
