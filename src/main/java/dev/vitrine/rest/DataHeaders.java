package dev.vitrine.rest;

import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.ScalarValues;
import dev.vitrine.query.AsOf;
import dev.vitrine.rest.problem.EntityTag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// The headers that every data answer carries, and the conditional answer.
final class DataHeaders {

    private static final FieldType.TimestampType TIMESTAMP = new FieldType.TimestampType();

    private DataHeaders() {}

    /// Says which state of the table the answer shows; a 404 carries it too.
    static void state(HttpServletResponse response, AsOf asOf) {
        response.setHeader("Delta-Table-Version", Long.toString(asOf.revision().version()));
        response.setHeader(
                "Data-As-Of", ScalarValues.format(TIMESTAMP, asOf.revision().commitTime()));
        if (asOf.age().isPositive()) {
            response.setHeader("Age", Long.toString(asOf.age().toSeconds()));
        }
        Long divergedSince = asOf.divergedSince();
        if (divergedSince != null) {
            response.setHeader("Delta-Table-Diverged-Since", divergedSince.toString());
        }
    }

    /// Sends JSON, or 304 if the caller has these bytes already.
    static void send(HttpServletRequest request, HttpServletResponse response, byte[] json) throws IOException {
        String tag = EntityTag.set(response, json);
        if (EntityTag.matches(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType("application/json");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
