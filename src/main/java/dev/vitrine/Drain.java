package dev.vitrine;

import java.time.Duration;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// What happens between the word to stop and the closing of the port: readiness says no already, requests are still
/// answered, each with `Connection: close`, so that callers who keep their connections go elsewhere. It lasts
/// `vitrine.drain`; then the web server finishes what it has begun and takes nothing more.
///
/// Without it a load balancer hears of the end when its connections break.
@Component
final class Drain implements SmartLifecycle {

    private final WebServerApplicationContext context;
    private final Duration time;
    private volatile boolean running;

    /// @param time shorter than `spring.lifecycle.timeout-per-shutdown-phase`, which would cut it off
    Drain(WebServerApplicationContext context, @Value("${vitrine.drain:0s}") Duration time) {
        this.context = context;
        this.time = time;
    }

    @Override
    public void start() {
        running = true;
    }

    /// In the first of all phases that end, beside the sync workers, which have nothing to wait for.
    @Override
    public void stop(Runnable done) {
        running = false;
        if (time.isZero()) {
            done.run();
            return;
        }
        if (context.getWebServer() instanceof TomcatWebServer server) {
            for (var connector : server.getTomcat().getService().findConnectors()) {
                if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
                    protocol.setMaxKeepAliveRequests(1);
                }
            }
        }
        Thread.ofVirtual().name("drain").start(() -> {
            try {
                Thread.sleep(time);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
            done.run();
        });
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
