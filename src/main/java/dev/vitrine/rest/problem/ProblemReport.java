package dev.vitrine.rest.problem;

import jakarta.servlet.RequestDispatcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;

/// Renders what Tomcat itself refuses before any servlet is reached, such as an address that cannot be decoded.
/// Such a request has no trustworthy address, so the problem has no instance and its type is relative.
final class ProblemReport extends ErrorReportValve {

    private static final int BAD_REQUEST = 400;
    private static final int ADDRESS_TOO_LONG = 414;
    private static final int HEADERS_TOO_LARGE = 431;

    /// In `iib.requestheadertoolarge.error` of Tomcat, whatever its language.
    private static final String TOO_LARGE =
            StringManager.getManager(Http11InputBuffer.class).getString("iib.requestheadertoolarge.error");

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = status(request, response);
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        response.setStatus(status);
        ProblemType type = ProblemType.ofStatus(status);
        byte[] body = """
                {"type":"%s","title":"%s","status":%d,"detail":"%s","code":"%s"}""".formatted(type.uri(""), type.title(), status, detail(type, status), type.slug())
                .getBytes(StandardCharsets.UTF_8);
        try {
            response.setContentType("application/problem+json");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException callerLeft) {
            container.getLogger().debug("the caller went away before the problem was written");
        }
    }

    /// Tomcat calls what it has no room for a bad request, and says which only by its message: too long an address,
    /// where no address was read, else too many or too long headers.
    private static int status(Request request, Response response) {
        boolean tooLong = response.getStatus() == BAD_REQUEST
                && request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof IllegalArgumentException refused
                && String.valueOf(refused.getMessage()).contains(TOO_LARGE);
        if (!tooLong) {
            return response.getStatus();
        }
        return request.getCoyoteRequest().requestURI().isNull() ? ADDRESS_TOO_LONG : HEADERS_TOO_LARGE;
    }

    private static String detail(ProblemType type, int status) {
        return switch (status) {
            case ADDRESS_TOO_LONG, HEADERS_TOO_LARGE ->
                "The address and all headers together are longer than this service takes.";
            default -> type.explanation().replace("\"", "\\\"");
        };
    }
}
