package dev.vitrine.store.cosmos.server;

import java.nio.ByteBuffer;
import java.util.Base64;

/// Resource ids: four bytes for a database, four more for a container, eight more for what is in it, whose last byte
/// tells the kind and whose order, as a little-endian number, is that of documents with equal sort values.
final class Rids {

    private static final int CONTAINER = 0x8000_0000;
    private static final long RANGE = 0x50;

    private Rids() {}

    static String database(int number) {
        return text(ByteBuffer.allocate(4).putInt(number));
    }

    static String container(int database, int number) {
        return text(ByteBuffer.allocate(8).putInt(database).putInt(CONTAINER | number));
    }

    static String document(int database, int container, long number) {
        return text(ByteBuffer.allocate(16)
                .putInt(database)
                .putInt(CONTAINER | container)
                .putLong(Long.reverseBytes(number)));
    }

    static String range(int database, int container, long number) {
        return text(ByteBuffer.allocate(16)
                .putInt(database)
                .putInt(CONTAINER | container)
                .putLong(number << 8 | RANGE));
    }

    private static String text(ByteBuffer bytes) {
        return Base64.getEncoder().encodeToString(bytes.array()).replace('/', '-');
    }
}
