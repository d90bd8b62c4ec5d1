package dev.vitrine.store.cosmos.server;

/// Effective partition keys from `min` on, below `max`.
record EpkRange(String min, String max) {

    static final EpkRange ALL = new EpkRange("", "FF");

    boolean contains(String epk) {
        return min.compareTo(epk) <= 0 && epk.compareTo(max) < 0;
    }
}
