package dev.vitrine;

import java.time.Duration;
import java.util.Arrays;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Waits, before connections are cut, until no thread of the web server works any more. Its graceful shutdown waits for
/// the end of the last request, but a request ends before the last of its answer is sent: what is still in the buffer
/// of
/// a request that ends just then would be lost.
@Component
final class LastAnswers implements SmartLifecycle {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final WebServerApplicationContext context;
    private volatile boolean running;

    LastAnswers(WebServerApplicationContext context) {
        this.context = context;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (busy() && System.nanoTime() < deadline) {
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// After the requests have ended, and before the server stops.
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE + 1;
    }

    private boolean busy() {
        return context.getWebServer() instanceof TomcatWebServer server
                && Arrays.stream(server.getTomcat().getService().findConnectors())
                        .map(connector -> connector.getProtocolHandler().getExecutor())
                        .anyMatch(threads -> threads instanceof ThreadPoolExecutor pool && pool.getActiveCount() > 0);
    }
}
