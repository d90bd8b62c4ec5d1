package dev.vitrine.rest.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Writes answers of media type `application/problem+json` (RFC 9457).
public final class Problems {

    private static final String MEDIA_TYPE = "application/problem+json";

    private final BaseAddress base;
    private final JsonMapper json;

    public Problems(BaseAddress base, JsonMapper json) {
        this.base = base;
        this.json = json;
    }

    /// Answers with the refusal, unless an answer is already under way.
    public void write(HttpServletRequest request, HttpServletResponse response, Refusal refusal) throws IOException {
        write(
                request,
                response,
                request.getRequestURI(),
                refusal.type().status().value(),
                refusal);
    }

    void write(HttpServletRequest request, HttpServletResponse response, String instance, int status, Refusal refusal)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        ProblemType type = refusal.type();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", type.uri(base.of(request)));
        members.put("title", type.title());
        members.put("status", status);
        members.put("detail", refusal.detail());
        members.put("instance", UriText.escaped(instance));
        members.put("code", type.slug());
        if (!refusal.errors().isEmpty()) {
            members.put("errors", refusal.errors());
        }
        members.putAll(refusal.members());
        byte[] body = json.writeValueAsBytes(members);
        response.resetBuffer();
        response.setStatus(status);
        refusal.headers().forEach(response::setHeader);
        response.setContentType(MEDIA_TYPE);
        if (status == HttpServletResponse.SC_NOT_FOUND && response.containsHeader("Delta-Table-Version")) {
            // what is not there at that version is an answer like any other
            EntityTag.set(response, body);
        } else {
            response.setHeader("Cache-Control", "no-store");
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
