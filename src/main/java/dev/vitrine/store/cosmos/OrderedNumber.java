package dev.vitrine.store.cosmos;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;

/// Exact numbers as text whose order is that of the numbers: the service's own numbers are doubles. Equal numbers have
/// equal texts: 1.0 is 1.00.
///
/// A decimal is written as ±0.d₁d₂d₃… · 10ᵉ with d₁ ≠ 0 and no trailing zeros:
/// - zero is `2`
/// - a positive one is `3`, e plus five thousand million as ten digits, then its digits
/// - a negative one is `1`, the same with each digit taken from nine, and `:`, so that -1.2 comes after -1.23
///
/// Examples: 1.5 = `3500000000115`, -1.5 = `1499999999884:`.
final class OrderedNumber {

    private static final char NEGATIVE = '1';
    private static final char ZERO = '2';
    private static final char POSITIVE = '3';
    private static final char END = ':';
    private static final long BIAS = 5_000_000_000L;
    private static final int EXPONENT_DIGITS = 10;

    private OrderedNumber() {}

    /// Sixteen digits: the two's complement with its sign bit turned.
    static String encode(long number) {
        return HexFormat.of().toHexDigits(number ^ Long.MIN_VALUE);
    }

    static long decodeLong(String kept) {
        return HexFormat.fromHexDigitsToLong(kept) ^ Long.MIN_VALUE;
    }

    static String encode(BigDecimal number) {
        if (number.signum() == 0) {
            return String.valueOf(ZERO);
        }
        BigDecimal shortest = number.stripTrailingZeros();
        String digits = shortest.unscaledValue().abs().toString();
        long exponent = (long) digits.length() - shortest.scale() + BIAS;
        String absolute = zeroes(String.valueOf(exponent)) + digits;
        return number.signum() > 0 ? POSITIVE + absolute : NEGATIVE + complement(absolute) + END;
    }

    private static String zeroes(String exponent) {
        return "0".repeat(EXPONENT_DIGITS - exponent.length()) + exponent;
    }

    private static String complement(String digits) {
        StringBuilder turned = new StringBuilder(digits.length());
        digits.chars().forEach(digit -> turned.append((char) ('0' + '9' - digit)));
        return turned.toString();
    }

    static BigDecimal decodeDecimal(String kept) {
        if (kept.charAt(0) == ZERO) {
            return BigDecimal.ZERO;
        }
        boolean negative = kept.charAt(0) == NEGATIVE;
        String absolute = negative ? complement(kept.substring(1, kept.length() - 1)) : kept.substring(1);
        String digits = absolute.substring(EXPONENT_DIGITS);
        long scale = digits.length() - (Long.parseLong(absolute.substring(0, EXPONENT_DIGITS)) - BIAS);
        BigInteger unscaled = new BigInteger(digits);
        return new BigDecimal(negative ? unscaled.negate() : unscaled, Math.toIntExact(scale));
    }
}
