package dev.vitrine.store.embedded;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/// Decimals of any size as bytes whose order, byte by byte and unsigned, is that of the numbers. Equal numbers have
/// equal bytes: 1.0 is 1.00.
///
/// A number is written as ±0.d₁d₂d₃… · 10ᵉ with d₁ ≠ 0 and no trailing zeros:
/// - zero is `80`
/// - a positive one is `81`, e as five bytes with its sign bit turned, then two digits a byte, each plus one
/// - a negative one is `7F`, then the bytes of its positive turned over, and `FF`, so that -1.2 comes after -1.23
///
/// Examples: 1 = `81 8000000001 0B` (0.10 · 10¹), -1 = `7F 7FFFFFFFFE F4 FF`.
final class OrderedDecimal {

    private static final byte NEGATIVE = 0x7F;
    private static final byte ZERO = (byte) 0x80;
    private static final byte POSITIVE = (byte) 0x81;
    private static final int EXPONENT_BYTES = 5;
    private static final long EXPONENT_BIAS = 1L << 39;

    private OrderedDecimal() {}

    static byte[] encode(BigDecimal number) {
        if (number.signum() == 0) {
            return new byte[] {ZERO};
        }
        BigDecimal shortest = number.stripTrailingZeros();
        String digits = shortest.unscaledValue().abs().toString();
        boolean negative = number.signum() < 0;
        int pairs = (digits.length() + 1) / 2;
        ByteBuffer bytes = ByteBuffer.allocate(1 + EXPONENT_BYTES + pairs + (negative ? 1 : 0));
        bytes.put(negative ? NEGATIVE : POSITIVE);
        int mask = negative ? 0xFF : 0;
        long exponent = (long) digits.length() - shortest.scale() + EXPONENT_BIAS;
        for (int shift = 8 * (EXPONENT_BYTES - 1); shift >= 0; shift -= 8) {
            bytes.put((byte) (exponent >>> shift ^ mask));
        }
        for (int i = 0; i < digits.length(); i += 2) {
            int second = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
            bytes.put((byte) ((digits.charAt(i) - '0') * 10 + second + 1 ^ mask));
        }
        if (negative) {
            bytes.put((byte) 0xFF);
        }
        return bytes.array();
    }

    static BigDecimal decode(byte[] bytes) {
        if (bytes[0] == ZERO) {
            return BigDecimal.ZERO;
        }
        boolean negative = bytes[0] == NEGATIVE;
        int mask = negative ? 0xFF : 0;
        int end = bytes.length - (negative ? 1 : 0);
        long exponent = 0;
        for (int i = 1; i <= EXPONENT_BYTES; i++) {
            exponent = exponent << 8 | (bytes[i] ^ mask) & 0xFF;
        }
        StringBuilder digits = new StringBuilder(2 * bytes.length);
        for (int i = 1 + EXPONENT_BYTES; i < end; i++) {
            int pair = ((bytes[i] ^ mask) & 0xFF) - 1;
            digits.append((char) ('0' + pair / 10)).append((char) ('0' + pair % 10));
        }
        if (digits.charAt(digits.length() - 1) == '0') {
            digits.setLength(digits.length() - 1);
        }
        long scale = digits.length() - (exponent - EXPONENT_BIAS);
        BigInteger unscaled = new BigInteger(digits.toString());
        return new BigDecimal(negative ? unscaled.negate() : unscaled, Math.toIntExact(scale));
    }
}
