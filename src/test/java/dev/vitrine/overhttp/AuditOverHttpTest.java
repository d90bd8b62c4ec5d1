package dev.vitrine.overhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the audit says of requests, whatever became of them.
class AuditOverHttpTest extends OverHttp {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void tellsWhoReadWhatButNoValueAndNoToken() throws Exception {
        String token = TOKENS.with("shop:read shop:support");
        get(
                token,
                "/api/shop/v1/customers?name=Tell-Nobody&limit=3",
                "traceparent",
                "00-" + TRACE + "-00f067aa0ba902b7-01");

        String operator = TOKENS.with("vitrine:operate");
        Reply found = until(
                reply -> reply.body().contains(TRACE),
                operator,
                "/actuator/audit?trace=" + TRACE + "&entity=customers");

        assertThat(found.body())
                .contains("\"subject\":\"test\"", "\"product\":\"shop\"", "\"filters\":[\"name\"]")
                .doesNotContain("Tell-Nobody");
        List<String> lines = lines();
        assertThat(lines).anyMatch(line -> line.contains(TRACE) && line.contains("\"filters\":[\"name\"]"));
        assertThat(lines).noneMatch(line -> line.contains("Tell-Nobody") || line.contains(token));
    }

    @Test
    void tellsWhoWasRefused() throws Exception {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        Reply refused = get(
                TOKENS.with("nothing"),
                "/api/shop/v1/customers/1",
                "traceparent",
                "00-" + trace + "-00f067aa0ba902b7-01");
        assertThat(refused.status()).isEqualTo(403);

        Reply found = until(
                reply -> reply.body().contains(trace),
                TOKENS.with("vitrine:operate"),
                "/actuator/audit?outcome=refused");

        assertThat(found.body()).contains("\"status\":403", "\"rows\":0");
    }

    @Test
    void isForOperatorsAlone() {
        assertThat(get(TOKENS.with("shop:read"), "/actuator/audit").status()).isEqualTo(403);
        assertThat(get("", "/actuator/audit").status()).isEqualTo(401);
        assertThat(get(TOKENS.with("vitrine:operate"), "/actuator/audit?since=yesterday")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void saysWhatCanBeAskedFor() {
        get(TOKENS.with("vitrine:operate"), "/actuator/audit?outcome=bogus&limit=-1&since=yesterday")
                .isProblem(400, "invalid-request")
                .saying(
                        "outcome is 'bogus': there are served, refused, failed",
                        "limit is '-1': write a whole number from 1 to 1000",
                        "since is 'yesterday'");
        get(TOKENS.with("vitrine:operate"), "/actuator/audit?limit=all")
                .isProblem(400, "invalid-request")
                .saying("limit is 'all'");
    }

    private static List<String> lines() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target", "audit"))) {
            return files.flatMap(file -> {
                        try {
                            return Files.readAllLines(file).stream();
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .toList();
        }
    }
}
