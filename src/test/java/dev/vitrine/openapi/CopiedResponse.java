package dev.vitrine.openapi;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Keeps what is written as an answer's body, up to a bound: some are endless on purpose.
final class CopiedResponse extends HttpServletResponseWrapper {

    private static final int MOST_BYTES = 1 << 20;

    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
    private boolean leftToTheContainer;
    private @Nullable PrintWriter writer;

    CopiedResponse(HttpServletResponse response) {
        super(response);
    }

    /// Null: there was more than is kept.
    byte @Nullable [] copy() {
        if (writer != null) {
            writer.flush();
        }
        return copy.size() > MOST_BYTES ? null : copy.toByteArray();
    }

    /// Whether somebody else writes the answer.
    boolean isLeftToTheContainer() {
        return leftToTheContainer;
    }

    @Override
    public void sendError(int status) throws IOException {
        leftToTheContainer = true;
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        leftToTheContainer = true;
        super.sendError(status, message);
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        PrintWriter known = writer;
        if (known == null) {
            known = new PrintWriter(new OutputStreamWriter(getOutputStream(), StandardCharsets.UTF_8), false);
            writer = known;
        }
        return known;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream out = super.getOutputStream();
        return new ServletOutputStream() {
            @Override
            public void write(int value) throws IOException {
                out.write(value);
                if (copy.size() <= MOST_BYTES) {
                    copy.write(value);
                }
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                if (copy.size() <= MOST_BYTES) {
                    copy.write(bytes, offset, length);
                }
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }

            @Override
            public boolean isReady() {
                return out.isReady();
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                out.setWriteListener(listener);
            }
        };
    }
}
