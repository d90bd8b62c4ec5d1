package dev.vitrine.query.view;

import java.util.Arrays;

/// Collects the bytes of one answer; for one thread.
final class JsonBuffer {

    private byte[] bytes;
    private int length;

    JsonBuffer(int expected) {
        bytes = new byte[expected];
    }

    void add(byte[] source) {
        add(source, 0, source.length);
    }

    void add(byte[] source, int start, int end) {
        int count = end - start;
        room(count);
        System.arraycopy(source, start, bytes, length, count);
        length += count;
    }

    void add(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
