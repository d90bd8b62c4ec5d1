package dev.vitrine.rest;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A headless Chromium of this machine, driven by the Chrome DevTools protocol. Closing it ends the process.
public final class Browser implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final String tools;

    private Browser(Process process, String tools) {
        this.process = process;
        this.tools = tools;
    }

    /// Where Chromium or Chrome is, if it is on the path.
    public static Optional<Path> executable() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// What it keeps goes into the build's folder: processes of a browser write there for a while after it has ended.
    public static Browser start(Path executable) throws IOException {
        Path profile = Files.createTempDirectory(Files.createDirectories(Path.of("target", "browsers")), "profile")
                .toAbsolutePath();
        Process process = new ProcessBuilder(
                        executable.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--window-size=1280,1400",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile)
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("DevTools listening on ws://")) {
                URI address = URI.create(line.substring(line.indexOf("ws://")));
                Thread.startVirtualThread(() -> output.lines().forEach(ignored -> {}));
                return new Browser(process, "http://" + address.getAuthority());
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException(executable + " ended before it opened its tools");
    }

    public Page open(String url) throws IOException, InterruptedException {
        JsonNode target = tools("PUT", "/json/new?" + URLEncoder.encode(url, StandardCharsets.UTF_8));
        return new Page(target.path("webSocketDebuggerUrl").asString());
    }

    /// The page whose address contains that text, once there is one.
    Page pageAt(String part) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            for (JsonNode target : tools("GET", "/json/list")) {
                if (target.path("type").asString().equals("page")
                        && target.path("url").asString().contains(part)) {
                    return new Page(target.path("webSocketDebuggerUrl").asString());
                }
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("no page at " + part + " after " + PATIENCE);
    }

    private JsonNode tools(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(tools + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            children.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// One tab.
    public static final class Page {

        private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
        private final WebSocket socket;
        private int lastId;

        private Page(String address) {
            socket = HTTP.newWebSocketBuilder()
                    .buildAsync(URI.create(address), new Listener(answers))
                    .join();
        }

        /// The value of a JavaScript expression, run as if the user had asked for it.
        public JsonNode evaluate(String expression) throws InterruptedException {
            JsonNode result = command(
                    "Runtime.evaluate",
                    Map.of("expression", expression, "returnByValue", true, "userGesture", true, "awaitPromise", true));
            if (result.has("exceptionDetails")) {
                throw new IllegalStateException(expression + " failed: " + result.path("exceptionDetails"));
            }
            return result.at("/result/value");
        }

        /// Waits until a JavaScript expression is true.
        public void until(String condition) throws InterruptedException {
            Instant end = Instant.now().plus(PATIENCE);
            while (!evaluate("Boolean(" + condition + ")").asBoolean()) {
                if (Instant.now().isAfter(end)) {
                    throw new IllegalStateException(condition + " is not true after " + PATIENCE + "; the page says: "
                            + evaluate("document.body.innerText").asString());
                }
                Thread.sleep(100);
            }
        }

        /// Waits for an element and clicks it.
        void click(String selector) throws InterruptedException {
            until("document.querySelector(`" + selector + "`)");
            evaluate("document.querySelector(`" + selector + "`).click()");
        }

        /// Clicks again until a JavaScript expression is true: a page may show a button before it listens to it.
        public void clickUntil(String selector, String condition) throws InterruptedException {
            Instant end = Instant.now().plus(PATIENCE);
            do {
                click(selector);
                Thread.sleep(500);
            } while (!evaluate("Boolean(" + condition + ")").asBoolean()
                    && Instant.now().isBefore(end));
            until(condition);
        }

        /// Shows the page as a phone does.
        public void phone() throws InterruptedException {
            command(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", 360, "height", 740, "deviceScaleFactor", 2, "mobile", true));
        }

        public void screenshot(Path file) throws IOException, InterruptedException {
            String data = command("Page.captureScreenshot", Map.of("format", "png"))
                    .path("data")
                    .asString();
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, Base64.getDecoder().decode(data));
        }

        private JsonNode command(String method, Map<String, Object> parameters) throws InterruptedException {
            int id = ++lastId;
            socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                    .join();
            while (true) {
                JsonNode answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (answer == null) {
                    throw new IllegalStateException("the browser does not answer " + method);
                }
                if (answer.path("id").asInt() == id) {
                    return answer.path("result");
                }
            }
        }
    }

    private record Listener(BlockingQueue<JsonNode> answers, StringBuilder text) implements WebSocket.Listener {

        Listener(BlockingQueue<JsonNode> answers) {
            this(answers, new StringBuilder());
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                answers.add(JSON.readTree(text.toString()));
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
