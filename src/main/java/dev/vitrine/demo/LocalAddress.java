package dev.vitrine.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/// Where this process can be reached from this machine. The port is known once the web server is up.
record LocalAddress(Environment environment) {

    /// `http://127.0.0.1:8080`
    String base() {
        return bases().getFirst();
    }

    /// The base under every name of this machine.
    List<String> bases() {
        int port = environment.getProperty(
                "local.server.port", Integer.class, environment.getProperty("server.port", Integer.class, 8080));
        return List.of("http://127.0.0.1:" + port, "http://localhost:" + port);
    }

    boolean isOurs(@Nullable String issuer) {
        return issuer != null && bases().contains(issuer);
    }
}
