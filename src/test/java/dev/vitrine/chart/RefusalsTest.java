package dev.vitrine.chart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Values that would install something that cannot start, or is not safe, are refused in words.
class RefusalsTest {

    private static final Path EMBEDDED = Chart.example("embedded");

    @Test
    void severalPodsOverTheEmbeddedStore() {
        refuses(EMBEDDED, Map.of("api.replicas", "2"), "at '/api/replicas': value must be 1");
        refuses(EMBEDDED, Map.of("sync.replicas", "3"), "at '/sync/replicas': value must be 1");
        refuses(
                EMBEDDED,
                Map.of("api.autoscaling.enabled", "true"),
                "at '/api/autoscaling/enabled': value must be false");
    }

    @Test
    void allThatIsWrongAtOnce() {
        refuses(
                EMBEDDED,
                Map.of(
                        "store", "cosmos",
                        "contracts.volume.emptyDir.sizeLimit", "1Gi",
                        "metrics.serviceMonitor.enabled", "true",
                        "expose.gateway.enabled", "true",
                        "shutdown.drain", "60"),
                "2 sources of contracts are set; set exactly one of",
                "config.vitrine.cosmos.endpoint is not set",
                "shutdown.drain is not less than shutdown.requests",
                "metrics.serviceMonitor.auth is empty; Prometheus needs a token with the scope vitrine:metrics",
                "expose.gateway.parentRefs is empty; name the Gateway");
    }

    @Test
    void aServiceWithoutAnIssuer() {
        refuses(
                EMBEDDED,
                Map.of("config.spring\\.security\\.oauth2\\.resourceserver\\.jwt", "null"),
                "config.spring.security.oauth2.resourceserver.jwt.issuer-uri is not set");
    }

    @ParameterizedTest
    @CsvSource({
        "config.vitrine.secret, vitrine.secret",
        "config.vitrine.cosmos.key, vitrine.cosmos.key",
        "config.spring.data.redis.password, spring.data.redis.password",
        "config.spring\\.data\\.redis\\.password, spring.data.redis.password",
        "config.vitrine.hadoop.fs.azure.account.key.lake, vitrine.hadoop.fs.azure.account.key.lake"
    })
    void secretsAmongTheConfiguration(String value, String property) {
        refuses(EMBEDDED, Map.of(value, "hunter2"), "config." + property + " looks like a secret; keep it in a Secret");
    }

    @ParameterizedTest
    @CsvSource({"server.port", "vitrine.data", "vitrine.roles", "vitrine.contracts", "vitrine.store"})
    void whatTheChartDecides(String property) {
        refuses(EMBEDDED, Map.of("config." + property, "1"), property + " is set by the chart; take it out of config");
    }

    @Test
    void misspeltValues() {
        refuses(EMBEDDED, Map.of("api.replica", "1"), "at '/api': additional properties 'replica' not allowed");
        refuses(EMBEDDED, Map.of("store", "sqlite"), "at '/store'", "'embedded', 'cosmos'");
        refuses(EMBEDDED, Map.of("secrets.x.name", "only"), "at '/secrets/x': missing property 'key'");
        refuses(EMBEDDED, Map.of("shutdown.preStop", "0"), "at '/shutdown/preStop': minimum: got 0, want 1");
    }

    private static void refuses(Path values, Map<String, String> set, String... words) {
        assertThatThrownBy(() -> Chart.render(values, set))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(words);
    }
}
