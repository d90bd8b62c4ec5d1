package dev.vitrine.sync;

/// A rebuild did not arrive whole in the store; it is thrown away and done again.
final class RowsLost extends RuntimeException {
    RowsLost(long version, long read, long arrived) {
        super("Of the %d rows of version %d, %d arrived in the store. The load is thrown away and tried again"
                .formatted(read, version, arrived));
    }
}
