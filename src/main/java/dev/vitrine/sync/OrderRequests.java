package dev.vitrine.sync;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Refuses orders that are not what the endpoints take, and says what they take: Actuator itself passes over members
/// that it does not know, and answers nothing that helps where it cannot read one. An order without a body needs no
/// content type.
final class OrderRequests extends OncePerRequestFilter {

    private static final int MOST_BYTES = 1_000_000;
    private static final String SYNC = "/actuator/sync/";
    private static final String LETTERS = "/actuator/deadletters/";
    private static final Map<String, Map<String, Body>> ACTIONS = Map.of(
            SYNC, Map.of("release", Body.VERSION, "reject", Body.VERSION, "rebuild", Body.NONE),
            LETTERS, Map.of("replay", Body.IDS, "dismiss", Body.IDS_REQUIRED));

    private final JsonMapper json = JsonMapper.shared();
    private final Supplier<HandlerExceptionResolver> refusals;

    /// @param refusals what renders a refusal
    OrderRequests(Supplier<HandlerExceptionResolver> refusals) {
        this.refusals = refusals;
    }

    /// What an order says beside its address.
    private enum Body {
        NONE(Set.of(), "nothing: this order has no body"),
        VERSION(Set.of("version"), "{\"version\": 12}, the version that is held, or nothing"),
        IDS(Set.of("ids"), "{\"ids\": \"1,2\"}, the ids of letters, or nothing for all"),
        IDS_REQUIRED(Set.of("ids"), "{\"ids\": \"1,2\"}, the ids of letters");

        private final Set<String> members;
        private final String form;

        Body(Set<String> members, String form) {
            this.members = members;
            this.form = form;
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpServletRequest checked;
        try {
            Map<String, String> members = members(request, body(request));
            checked = new JsonRequest(request, json.writeValueAsBytes(members));
        } catch (ResponseStatusException refused) {
            refusals.get().resolveException(request, response, null, refused);
            return;
        }
        chain.doFilter(checked, response);
    }

    /// What the address asks for.
    private static Body body(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        String endpoint = path.startsWith(SYNC) ? SYNC : LETTERS;
        if (!path.startsWith(endpoint)) {
            return Body.NONE;
        }
        String[] parts = path.substring(endpoint.length()).split("/");
        Map<String, Body> actions = ACTIONS.getOrDefault(endpoint, Map.of());
        if (parts.length != 3) {
            return Body.NONE;
        }
        Body body = actions.get(parts[2]);
        if (body == null) {
            throw refused("There is no order '%s'; there are %s"
                    .formatted(parts[2], actions.keySet().stream().sorted().collect(Collectors.joining(", "))));
        }
        return body;
    }

    private Map<String, String> members(HttpServletRequest request, Body body) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(MOST_BYTES);
        JsonNode sent = bytes.length == 0 ? json.createObjectNode() : parsed(bytes, body);
        List<String> wrong = new ArrayList<>();
        Map<String, String> members = new LinkedHashMap<>();
        sent.properties().forEach(member -> {
            String name = member.getKey();
            if (!body.members.contains(name)) {
                wrong.add("there is no member '%s'".formatted(name));
                return;
            }
            String value = numbers(member.getValue());
            if (value == null || name.equals("version") && value.contains(",")) {
                wrong.add("'%s' is %s".formatted(name, member.getValue()));
            } else {
                members.put(name, value);
            }
        });
        if (body == Body.IDS_REQUIRED && wrong.isEmpty() && members.isEmpty()) {
            wrong.add("'ids' is missing");
        }
        if (!wrong.isEmpty()) {
            throw refused("In the body, %s; send %s".formatted(String.join(" and ", wrong), body.form));
        }
        return members;
    }

    private JsonNode parsed(byte[] bytes, Body body) {
        try {
            JsonNode sent = json.readTree(bytes);
            if (sent.isObject()) {
                return sent;
            }
        } catch (JacksonException notJson) {
            throw refused("The body is not JSON (%s); send %s".formatted(notJson.getOriginalMessage(), body.form));
        }
        throw refused("The body is no JSON object; send %s".formatted(body.form));
    }

    /// One or several whole numbers, as text; null: it is something else.
    private static @Nullable String numbers(JsonNode value) {
        String text = value.isArray()
                ? value.valueStream().map(OrderRequests::numberText).collect(Collectors.joining(","))
                : numberText(value);
        return text.matches("\\d{1,18}(,\\d{1,18})*") ? text : null;
    }

    private static String numberText(JsonNode value) {
        return value.isIntegralNumber() || value.isString() ? value.asString().replace(" ", "") : "";
    }

    private static ResponseStatusException refused(String detail) {
        return new ResponseStatusException(HttpStatus.BAD_REQUEST, detail);
    }
}
