package dev.vitrine.openapi;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// Keeps what is read of a request's body.
final class CopiedRequest extends HttpServletRequestWrapper {

    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

    CopiedRequest(HttpServletRequest request) {
        super(request);
    }

    byte[] copy() {
        return copy.toByteArray();
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        ServletInputStream in = super.getInputStream();
        return new ServletInputStream() {
            @Override
            public int read() throws IOException {
                int read = in.read();
                if (read >= 0) {
                    copy.write(read);
                }
                return read;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = in.read(bytes, offset, length);
                if (read > 0) {
                    copy.write(bytes, offset, read);
                }
                return read;
            }

            @Override
            public boolean isFinished() {
                return in.isFinished();
            }

            @Override
            public boolean isReady() {
                return in.isReady();
            }

            @Override
            public void setReadListener(ReadListener listener) {
                in.setReadListener(listener);
            }
        };
    }
}
