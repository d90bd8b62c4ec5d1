package dev.vitrine.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.apache.coyote.CloseNowException;

/// Lets callers see that an answer is not whole, though its status and its first bytes are sent: over HTTP/1.1 the
/// connection ends without the last chunk, over HTTP/2 the stream is reset.
final class CutOff {

    private static final String ATTRIBUTE = CutOff.class.getName();

    private volatile boolean failed;

    private CutOff() {}

    /// To be called before the first byte of an answer that may fail later.
    ///
    /// Over HTTP/2 Tomcat ends a stream before it resets it, and a stream that was ended looks whole. Where there may
    /// be
    /// trailers, they are the end: so it asks for them, and is told of the failure instead.
    static void prepare(HttpServletRequest request, HttpServletResponse response) {
        if (request.getProtocol().equals("HTTP/2.0")) {
            CutOff cutOff = new CutOff();
            request.setAttribute(ATTRIBUTE, cutOff);
            response.setTrailerFields(cutOff::trailers);
        }
    }

    /// What to throw so that the server cuts the answer off.
    static IOException because(Exception failure, HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof CutOff cutOff) {
            cutOff.failed = true;
        }
        return new CloseNowException("the answer is cut off: " + failure.getMessage(), failure);
    }

    private Map<String, String> trailers() {
        if (failed) {
            throw CutOff.<RuntimeException>unchecked(new CloseNowException("the answer was cut off"));
        }
        return Map.of();
    }

    /// A supplier may declare no exception, but it is this one that Tomcat understands.
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E unchecked(Exception exception) throws E {
        throw (E) exception;
    }
}
