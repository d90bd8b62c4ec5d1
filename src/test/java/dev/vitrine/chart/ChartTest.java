package dev.vitrine.chart;

import static dev.vitrine.chart.Chart.Manifests.container;
import static dev.vitrine.chart.Chart.Manifests.name;
import static dev.vitrine.chart.Chart.Manifests.pod;
import static dev.vitrine.chart.Chart.Manifests.selects;
import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.LintResult;
import dev.vitrine.chart.Chart.Manifests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// What must hold whatever the values: for every example that comes with the chart.
class ChartTest {

    /// What the examples name and others make.
    private static final Set<String> CONFIG_MAPS_OF_OTHERS = Set.of("sales-contracts", "contracts");

    static Stream<Path> examples() throws Exception {
        return Chart.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void helmFindsNothingToBlame(Path values, @TempDir Path folder) throws Exception {
        LintResult lint = Chart.lint(values, folder.resolve("copy"));

        assertThat(lint.isFailed()).isFalse();
        assertThat(lint.getMessages()).containsExactly("[INFO] Chart.yaml: icon is recommended");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyManifestHasItsOwnNameAndTheReleasesLabels(Path values) {
        List<JsonNode> all = Chart.render(values).all();

        Set<String> names = new HashSet<>();
        for (JsonNode manifest : all) {
            assertThat(names.add(manifest.path("kind").asString() + " " + name(manifest)))
                    .as("%s is there once", name(manifest))
                    .isTrue();
            assertThat(name(manifest)).matches("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");
            assertThat(manifest.at("/metadata/labels/app.kubernetes.io~1instance")
                            .asString())
                    .isEqualTo(Chart.RELEASE);
            assertThat(manifest.path("kind").asString()).isNotEqualTo("Secret");
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void containersCanDoNoMoreThanTheyMust(Path values) {
        for (JsonNode workload : workloads(Chart.render(values))) {
            JsonNode spec = pod(workload).path("spec");
            assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(spec.at("/securityContext/runAsUser").asInt()).isPositive();
            assertThat(spec.at("/securityContext/seccompProfile/type").asString())
                    .isEqualTo("RuntimeDefault");
            assertThat(spec.path("automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            JsonNode context = container(workload).path("securityContext");
            assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
            assertThat(context.at("/capabilities/drop/0").asString()).isEqualTo("ALL");
            assertThat(container(workload).at("/resources/requests/cpu").isMissingNode())
                    .isFalse();
            assertThat(container(workload).at("/resources/limits/memory").isMissingNode())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void probesAskThisProcessAloneButForReadiness(Path values) {
        for (JsonNode workload : workloads(Chart.render(values))) {
            JsonNode container = container(workload);
            assertThat(probe(container, "startupProbe")).isEqualTo("/actuator/health/liveness");
            assertThat(probe(container, "livenessProbe")).isEqualTo("/actuator/health/liveness");
            assertThat(probe(container, "readinessProbe")).isEqualTo("/actuator/health/readiness");
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aPodHasTimeToDrain(Path values) {
        Manifests manifests = Chart.render(values);
        for (JsonNode workload : workloads(manifests)) {
            int before =
                    container(workload).at("/lifecycle/preStop/sleep/seconds").asInt();
            int drain = seconds(configuration(manifests).at("/vitrine/drain"));
            int requests = seconds(configuration(manifests).at("/spring/lifecycle/timeout-per-shutdown-phase"));
            int grace = pod(workload).at("/spec/terminationGracePeriodSeconds").asInt();

            assertThat(before).isPositive();
            assertThat(drain).isPositive().isLessThan(requests);
            assertThat(grace).isGreaterThan(before + drain + requests);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whatIsMountedIsThere(Path values) {
        Manifests manifests = Chart.render(values);
        Set<String> configMaps = new HashSet<>(CONFIG_MAPS_OF_OTHERS);
        manifests.kind("ConfigMap").map(Manifests::name).forEach(configMaps::add);
        for (JsonNode workload : workloads(manifests)) {
            JsonNode volumes = pod(workload).at("/spec/volumes");
            Set<String> known = new HashSet<>();
            volumes.forEach(volume -> known.add(volume.path("name").asString()));
            workload.at("/spec/volumeClaimTemplates").forEach(claim -> known.add(name(claim)));
            Set<String> mounted = new HashSet<>();
            container(workload)
                    .path("volumeMounts")
                    .forEach(mount -> mounted.add(mount.path("name").asString()));
            assertThat(mounted).isEqualTo(known).contains("config", "contracts", "data", "tmp");
            volumes.forEach(volume -> {
                if (volume.has("configMap")) {
                    assertThat(volume.at("/configMap/name").asString()).isIn(configMaps);
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void selectorsFindOneWorkloadEach(Path values) {
        Manifests manifests = Chart.render(values);
        for (JsonNode workload : workloads(manifests)) {
            assertThat(selects(
                            workload.at("/spec/selector/matchLabels"),
                            pod(workload).at("/metadata/labels")))
                    .as("%s finds its own pods", name(workload))
                    .isTrue();
        }
        manifests.kind("Service").forEach(service -> findsOne(manifests, service, "/spec/selector"));
        manifests
                .kind("PodDisruptionBudget")
                .forEach(budget -> findsOne(manifests, budget, "/spec/selector/matchLabels"));
        manifests.kind("NetworkPolicy").forEach(policy -> findsOne(manifests, policy, "/spec/podSelector/matchLabels"));
        manifests
                .kind("HorizontalPodAutoscaler")
                .map(scaler -> scaler.at("/spec/scaleTargetRef/name").asString())
                .forEach(target -> assertThat(manifests
                                .one("Deployment", target)
                                .at("/spec/replicas")
                                .isMissingNode())
                        .as("the replicas of %s belong to its scaler", target)
                        .isTrue());
        manifests
                .kind("ServiceMonitor")
                .forEach(monitor -> assertThat(manifests
                                .kind("Service")
                                .filter(service -> selects(
                                        monitor.at("/spec/selector/matchLabels"), service.at("/metadata/labels"))))
                        .as("every pod is scraped")
                        .hasSize((int) manifests.workloads().count()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void portsMeet(Path values) {
        Manifests manifests = Chart.render(values);
        int port = configuration(manifests).at("/server/port").asInt();
        for (JsonNode workload : workloads(manifests)) {
            assertThat(container(workload).at("/ports/0/name").asString()).isEqualTo("http");
            assertThat(container(workload).at("/ports/0/containerPort").asInt()).isEqualTo(port);
        }
        manifests
                .kind("Service")
                .forEach(service -> assertThat(
                                service.at("/spec/ports/0/targetPort").asString())
                        .isEqualTo("http"));
        manifests
                .kind("NetworkPolicy")
                .forEach(policy -> assertThat(
                                policy.at("/spec/ingress/0/ports/0/port").asString())
                        .isEqualTo("http"));
        manifests
                .kind("Ingress")
                .forEach(ingress -> ingress.at("/spec/rules/0/http/paths")
                        .forEach(path -> assertThat(manifests
                                        .one(
                                                "Service",
                                                path.at("/backend/service/name").asString())
                                        .at("/spec/ports/0/name"))
                                .isEqualTo(path.at("/backend/service/port/name"))));
        manifests
                .kind("HTTPRoute")
                .map(route -> route.at("/spec/rules/0/backendRefs/0"))
                .forEach(backend -> assertThat(manifests
                                .one("Service", backend.path("name").asString())
                                .at("/spec/ports/0/port"))
                        .isEqualTo(backend.path("port")));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theActuatorIsNotExposed(Path values) {
        List<String> paths = new ArrayList<>();
        Manifests manifests = Chart.render(values);
        manifests
                .kind("Ingress")
                .forEach(ingress -> ingress.at("/spec/rules/0/http/paths")
                        .forEach(path -> paths.add(path.path("path").asString())));
        manifests
                .kind("HTTPRoute")
                .forEach(route -> route.at("/spec/rules/0/matches")
                        .forEach(match -> paths.add(match.at("/path/value").asString())));

        assertThat(paths).allSatisfy(path -> assertThat(path).isNotEqualTo("/").doesNotStartWith("/actuator"));
    }

    /// `application.yaml` as the pods read it.
    static JsonNode configuration(Manifests manifests) {
        JsonNode map = manifests
                .kind("ConfigMap")
                .filter(candidate -> candidate.path("data").has("application.yaml"))
                .findFirst()
                .orElseThrow();
        return Chart.tree(map.at("/data/application.yaml").asString());
    }

    private static List<JsonNode> workloads(Manifests manifests) {
        List<JsonNode> workloads = manifests.workloads().toList();
        assertThat(workloads).isNotEmpty();
        return workloads;
    }

    private static int seconds(JsonNode time) {
        return Integer.parseInt(time.asString().replace("s", ""));
    }

    private static String probe(JsonNode container, String probe) {
        assertThat(container.path(probe).at("/httpGet/port").asString()).isEqualTo("http");
        return container.path(probe).at("/httpGet/path").asString();
    }

    private static void findsOne(Manifests manifests, JsonNode manifest, String selector) {
        assertThat(workloads(manifests).stream()
                        .filter(workload ->
                                selects(manifest.at(selector), pod(workload).at("/metadata/labels"))))
                .as("%s %s finds one workload", manifest.path("kind").asString(), name(manifest))
                .hasSize(1);
    }
}
