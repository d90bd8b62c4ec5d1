package dev.vitrine.store.cosmos;

/// Strings as strings whose order is that of their code points, whether it is the service that compares them (by UTF-8)
/// or its SDK (by UTF-16). Every string survives, also one with half a surrogate pair, and a prefix stays a prefix.
///
/// Code points below U+D7FF stand for themselves; others are U+D7FF and two characters for their upper and lower bits.
final class OrderedText {

    private static final char ESCAPE = '\uD7FF';
    private static final int LOWER_BITS = 10;
    private static final int LOWER_MASK = (1 << LOWER_BITS) - 1;
    private static final int PRINTABLE = 0x20;

    private OrderedText() {}

    static String encode(String text) {
        if (text.chars().allMatch(next -> next < ESCAPE)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(point -> {
            if (point < ESCAPE) {
                kept.append((char) point);
            } else {
                kept.append(ESCAPE)
                        .append((char) ((point >>> LOWER_BITS) + PRINTABLE))
                        .append((char) ((point & LOWER_MASK) + PRINTABLE));
            }
        });
        return kept.toString();
    }

    static String decode(String kept) {
        if (kept.indexOf(ESCAPE) < 0) {
            return kept;
        }
        StringBuilder text = new StringBuilder(kept.length());
        for (int i = 0; i < kept.length(); i++) {
            char next = kept.charAt(i);
            if (next == ESCAPE) {
                int upper = kept.charAt(++i) - PRINTABLE;
                int lower = kept.charAt(++i) - PRINTABLE;
                text.appendCodePoint(upper << LOWER_BITS | lower);
            } else {
                text.append(next);
            }
        }
        return text.toString();
    }
}
