package dev.vitrine.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/// Sends requests over keep-alive connections, one thread each, with as little work as it can, and tells what they cost
/// the rest of the process.
final class LoadClient implements AutoCloseable {

    private static final int CONNECTIONS = 4;

    private final int port;
    private final Connection single;

    LoadClient(int port) throws IOException {
        this.port = port;
        this.single = new Connection(port);
    }

    /// Requests a second, and processor time of all other threads of this process per request in microseconds.
    record Cost(double perSecond, double serverMicros) {}

    /// An answer as it came.
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(String head, byte[] body) {

        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        /// The value of a header.
        String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// The bytes of a request.
    static byte[] get(String address, String... headers) {
        StringBuilder text = new StringBuilder("GET " + address + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /// One request, whatever the answer.
    Answer send(byte[] request) throws IOException {
        return single.send(request);
    }

    /// Sends requests for some time over all connections.
    ///
    /// @param requests by number; called from several threads
    /// @param status that every answer must have
    Cost load(Duration time, IntFunction<byte[]> requests, int status) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            long cpuBefore = processNanos();
            long before = System.nanoTime();
            long end = before + time.toNanos();
            List<Callable<Work>> all = new ArrayList<>();
            for (int number = 0; number < CONNECTIONS; number++) {
                int first = number * 1_000_003;
                all.add(() -> work(end, first, requests, status));
            }
            long done = 0;
            long ownNanos = 0;
            for (Future<Work> work : threads.invokeAll(all)) {
                done += work.get().requests();
                ownNanos += work.get().nanos();
            }
            double seconds = (System.nanoTime() - before) / 1e9;
            double serverNanos = processNanos() - cpuBefore - ownNanos;
            return new Cost(done / seconds, serverNanos / 1000 / done);
        }
    }

    /// Sends requests at an even pace, and tells how long each took from the moment when it was due, in nanoseconds,
    /// sorted.
    long[] latencies(Duration time, double perSecond, IntFunction<byte[]> requests, int status) throws Exception {
        long apart = (long) (1e9 * CONNECTIONS / perSecond);
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Callable<long[]>> all = new ArrayList<>();
            for (int number = 0; number < CONNECTIONS; number++) {
                int first = number * 1_000_003;
                long offset = apart * number / CONNECTIONS;
                all.add(() -> paced(time, apart, offset, index -> requests.apply(first + index), status));
            }
            LongStream latencies = LongStream.empty();
            for (Future<long[]> paced : threads.invokeAll(all)) {
                latencies = LongStream.concat(latencies, LongStream.of(paced.get()));
            }
            return latencies.sorted().toArray();
        }
    }

    private long[] paced(Duration time, long apart, long offset, IntFunction<byte[]> requests, int status)
            throws IOException {
        long[] latencies = new long[(int) (time.toNanos() / apart)];
        try (Connection connection = new Connection(port)) {
            long begin = System.nanoTime() + offset;
            for (int done = 0; done < latencies.length; done++) {
                long due = begin + done * apart;
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                connection.exchange(requests.apply(done), status);
                latencies[done] = System.nanoTime() - due;
            }
        }
        return latencies;
    }

    private record Work(long requests, long nanos) {}

    private Work work(long end, int first, IntFunction<byte[]> requests, int status) throws IOException {
        long cpuBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int done = 0;
        try (Connection connection = new Connection(port)) {
            while (System.nanoTime() < end) {
                connection.exchange(requests.apply(first + done), status);
                done++;
            }
        }
        return new Work(done, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuBefore);
    }

    private static long processNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    @Override
    public void close() {
        single.close();
    }

    /// One connection; reads answers that say their length.
    private static final class Connection implements AutoCloseable {

        private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private final byte[] buffer = new byte[256 * 1024];
        private int head;
        private int end;

        Connection(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            in = socket.getInputStream();
            out = socket.getOutputStream();
        }

        Answer send(byte[] request) throws IOException {
            exchange(request);
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.write(buffer, head, end - head);
            return new Answer(new String(buffer, 0, head, StandardCharsets.ISO_8859_1), body.toByteArray());
        }

        void exchange(byte[] request, int status) throws IOException {
            exchange(request);
            int found = (buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + buffer[11] - '0';
            if (found != status) {
                throw new IOException(new String(request, StandardCharsets.US_ASCII)
                        + new String(buffer, 0, end, StandardCharsets.UTF_8));
            }
        }

        private void exchange(byte[] request) throws IOException {
            out.write(request);
            head = 0;
            end = 0;
            int whole = Integer.MAX_VALUE;
            while (end < whole) {
                int count = in.read(buffer, end, buffer.length - end);
                if (count < 0) {
                    throw new IOException("the server closed the connection");
                }
                end += count;
                if (head == 0) {
                    head = headEnd();
                    whole = head == 0 ? Integer.MAX_VALUE : head + length();
                }
            }
        }

        private int headEnd() {
            for (int at = 3; at < end; at++) {
                if (buffer[at] == '\n' && buffer[at - 1] == '\r' && buffer[at - 2] == '\n') {
                    return at + 1;
                }
            }
            return 0;
        }

        /// Nothing follows an answer that does not say its length: 304.
        private int length() {
            for (int at = 0; at < head - LENGTH.length; at++) {
                int same = 0;
                while (same < LENGTH.length && (buffer[at + same] | 0x20) == (LENGTH[same] | 0x20)) {
                    same++;
                }
                if (same == LENGTH.length) {
                    int length = 0;
                    for (int digit = at + same; buffer[digit] != '\r'; digit++) {
                        length = buffer[digit] == ' ' ? length : length * 10 + buffer[digit] - '0';
                    }
                    return length;
                }
            }
            return 0;
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
