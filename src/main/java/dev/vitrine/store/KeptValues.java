package dev.vitrine.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;

/// What the adapters have in common about keeping values as whole numbers.
public final class KeptValues {

    private static final long MICROS = 1_000_000;

    private KeptValues() {}

    /// Microseconds since 1970, rounded down; what is out of reach becomes the first or last one there is.
    public static long micros(Instant instant) {
        if (instant.getEpochSecond() >= Long.MAX_VALUE / MICROS) {
            return Long.MAX_VALUE;
        }
        if (instant.getEpochSecond() <= Long.MIN_VALUE / MICROS) {
            return Long.MIN_VALUE;
        }
        return instant.getEpochSecond() * MICROS + instant.getNano() / 1000;
    }

    /// The time so many microseconds after 1970 began.
    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
    }

    /// The number, or the nearest that there is.
    public static long clamped(BigInteger number) {
        if (number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        return number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /// Whether a value is what came back of it; decimals by value, not by scale.
    public static boolean same(Object value, Object back) {
        return value instanceof BigDecimal number ? number.compareTo((BigDecimal) back) == 0 : value.equals(back);
    }
}
