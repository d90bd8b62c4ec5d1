package dev.vitrine.store.cosmos.server;

/// Request units, estimated from what the service is known to charge: 1 for reading 1 KB by its id, about 6 for
/// creating 1 KB with few indexed values, 10 for replacing it, a little over 2 for a query that finds one document.
final class Charges {

    private static final double KB = 1024;

    private Charges() {}

    static double read(int bytes) {
        return Math.max(1, rounded(0.95 + 0.05 * bytes / KB));
    }

    static double create(int bytes, int indexed) {
        return rounded(4.5 + 0.15 * indexed + bytes / KB);
    }

    static double replace(int bytes, int indexed) {
        return rounded(8 + 0.3 * indexed + 1.5 * bytes / KB);
    }

    static double delete(int bytes, int indexed) {
        return rounded(4.5 + 0.15 * indexed + bytes / KB);
    }

    static double query(int selected, int bytes) {
        return rounded(2.2 + 0.03 * selected + 0.3 * bytes / KB);
    }

    private static double rounded(double charge) {
        return Math.round(charge * 100) / 100.0;
    }
}
