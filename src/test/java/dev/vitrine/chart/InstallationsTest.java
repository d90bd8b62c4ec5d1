package dev.vitrine.chart;

import static dev.vitrine.chart.Chart.Manifests.container;
import static dev.vitrine.chart.Chart.Manifests.pod;
import static dev.vitrine.chart.ChartTest.configuration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.chart.Chart.Manifests;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What each way of installing it is made of.
class InstallationsTest {

    @Test
    void theEmbeddedStoreIsOnePodWithAVolumeThatDoesEverything() {
        Manifests manifests = Chart.render(Chart.example("embedded"));

        JsonNode set = manifests.one("StatefulSet", "shop-vitrine");
        assertThat(set.at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(set.at("/spec/volumeClaimTemplates/0/spec/resources/requests/storage")
                        .asString())
                .isEqualTo("20Gi");
        assertThat(environment(set)).doesNotContainKey("VITRINE_ROLES");
        assertThat(manifests.kind("Deployment")).isEmpty();
        assertThat(manifests.kind("PodDisruptionBudget"))
                .as("one pod that may not go would block every drain")
                .isEmpty();
        assertThat(configuration(manifests).at("/vitrine/store").asString()).isEqualTo("embedded");
        assertThat(configuration(manifests).at("/vitrine/base-url").asString()).isEqualTo("https://data.example.com");
    }

    @Test
    void apiAndSyncScaleEachForItself() {
        Manifests manifests = Chart.render(Chart.example("cosmos-redis"));

        JsonNode api = manifests.one("Deployment", "shop-vitrine-api");
        JsonNode sync = manifests.one("Deployment", "shop-vitrine-sync");
        assertThat(environment(api)).containsEntry("VITRINE_ROLES", "serve");
        assertThat(environment(sync)).containsEntry("VITRINE_ROLES", "sync");
        assertThat(sync.at("/spec/replicas").asInt()).isEqualTo(3);
        assertThat(manifests.kind("StatefulSet")).isEmpty();
        assertThat(manifests.kind("PodDisruptionBudget")).hasSize(2);
        assertThat(pod(api).at("/spec/topologySpreadConstraints")).hasSize(2);
        JsonNode metrics =
                manifests.one("HorizontalPodAutoscaler", "shop-vitrine-api").at("/spec/metrics");
        assertThat(metrics.at("/0/resource/name").asString()).isEqualTo("cpu");
        assertThat(metrics.at("/1/pods/target/averageValue").asString()).isEqualTo("2000");
        assertThat(container(api).path("image").asString()).contains("/vitrine@sha256:");
    }

    @Test
    void secretsAreFilesOfSecretsThatExistAndNothingElse() {
        Manifests manifests = Chart.render(Chart.example("cosmos-redis"));

        JsonNode api = manifests.one("Deployment", "shop-vitrine-api");
        JsonNode sources = Manifests.volume(api, "secrets").at("/projected/sources");
        assertThat(sources).hasSize(3);
        assertThat(sources.at("/0/secret/name").asString()).isEqualTo("redis");
        assertThat(sources.at("/0/secret/items/0/path").asString()).isEqualTo("spring.data.redis.password");
        assertThat(configuration(manifests).at("/spring/config/import").asString())
                .isEqualTo("optional:configtree:/etc/vitrine/secrets/");
        assertThat(configuration(manifests).toString()).doesNotContain("password", "secret\"", "\"key\"");
    }

    @Test
    void workloadIdentityNeedsNoSecret() {
        Manifests manifests = Chart.render(Chart.example("workload-identity"));

        JsonNode api = manifests.one("Deployment", "shop-vitrine-api");
        assertThat(manifests
                        .one("ServiceAccount", "shop-vitrine")
                        .at("/metadata/annotations/azure.workload.identity~1client-id")
                        .asString())
                .isEqualTo("11111111-2222-3333-4444-555555555555");
        assertThat(pod(api).at("/metadata/labels/azure.workload.identity~1use").asString())
                .isEqualTo("true");
        assertThat(pod(api).at("/spec/volumes").toString()).doesNotContain("secret");
        assertThat(Manifests.volume(api, "contracts")
                        .at("/persistentVolumeClaim/claimName")
                        .asString())
                .isEqualTo("contracts");
        assertThat(api.at("/spec/replicas").asInt()).isEqualTo(4);
        assertThat(pod(api).at("/spec/terminationGracePeriodSeconds").asInt()).isEqualTo(65);
        assertThat(environment(api)).containsEntry("JAVA_TOOL_OPTIONS", "-XX:+UseZGC");
        assertThat(Chart.notes(Chart.example("workload-identity")))
                .contains("deployment/shop-vitrine-api", "identity of their service account")
                .doesNotContain("is not set");
    }

    @Test
    void usesWhatIsThereAlready() {
        Manifests manifests = Chart.render(Chart.example("existing-claim"));

        JsonNode set = manifests.one("StatefulSet", "shop-window");
        assertThat(set.at("/spec/volumeClaimTemplates").isMissingNode()).isTrue();
        assertThat(Manifests.volume(set, "data")
                        .at("/persistentVolumeClaim/claimName")
                        .asString())
                .isEqualTo("vitrine");
        assertThat(pod(set).at("/spec/serviceAccountName").asString()).isEqualTo("reader");
        assertThat(manifests.kind("ServiceAccount")).isEmpty();
        assertThat(manifests.kind("NetworkPolicy")).isEmpty();
        assertThat(Chart.notes(Chart.example("existing-claim"))).contains("do not reach it yet", "Nobody scrapes");
    }

    @Test
    void onlyTheNamedPeersReachThePods() {
        Manifests manifests = Chart.render(Chart.example("cosmos-redis"));

        JsonNode api = manifests.one("NetworkPolicy", "shop-vitrine-api").path("spec");
        assertThat(api.at("/ingress/0/from").toString()).contains("gateways", "monitoring");
        assertThat(api.path("egress").toString()).contains("6380", "53").contains("\"endPort\":20000");
        assertThat(manifests
                        .one("NetworkPolicy", "shop-vitrine-sync")
                        .at("/spec/ingress/0/from")
                        .toString())
                .contains("monitoring")
                .doesNotContain("gateways");
    }

    @Test
    void takesRulesAndDashboardsAsTheyArePublished() {
        Manifests manifests = Chart.render(Chart.example("cosmos-redis"));

        assertThat(manifests
                        .one("PrometheusRule", "shop-vitrine")
                        .at("/spec/groups/0/rules/0/annotations/summary")
                        .asString())
                .isEqualTo("{{ $labels.table }} is held");
        JsonNode dashboard = manifests.one("ConfigMap", "shop-vitrine-sales-v1-dashboard");
        assertThat(dashboard.at("/metadata/labels/grafana_dashboard").asString())
                .isEqualTo("1");
        assertThat(dashboard.path("data").toString()).contains("sales v1");
        assertThat(manifests
                        .one("ServiceMonitor", "shop-vitrine")
                        .at("/spec/endpoints/0/oauth2/scopes/0")
                        .asString())
                .isEqualTo("vitrine:metrics");
    }

    private static Map<String, String> environment(JsonNode workload) {
        return container(workload)
                .path("env")
                .valueStream()
                .collect(Collectors.toMap(
                        variable -> variable.path("name").asString(),
                        variable -> variable.path("value").asString()));
    }
}
