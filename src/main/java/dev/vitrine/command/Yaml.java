package dev.vitrine.command;

import java.util.Set;
import java.util.regex.Pattern;

/// Lines of YAML at a depth.
final class Yaml {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*(?:\\([0-9]+,[0-9]+\\))?");
    private static final Set<String> WORDS_WITH_MEANING =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private final StringBuilder text = new StringBuilder();

    /// Adds lines, each at that depth.
    Yaml lines(int depth, String lines) {
        lines.lines()
                .forEach(line -> text.append(line.isEmpty() ? "" : " ".repeat(depth))
                        .append(line)
                        .append('\n'));
        return this;
    }

    String text() {
        return text.toString();
    }

    /// Any text as a value: plain where that is safe, else in quotes.
    static String value(String text) {
        if (PLAIN.matcher(text).matches() && !WORDS_WITH_MEANING.contains(text.toLowerCase(java.util.Locale.ROOT))) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(character -> {
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (Character.getType(character) == Character.CONTROL
                            || Character.getType(character) == Character.LINE_SEPARATOR
                            || Character.getType(character) == Character.PARAGRAPH_SEPARATOR
                            || Character.getType(character) == Character.FORMAT
                            || Character.getType(character) == Character.SURROGATE) {
                        quoted.append("\\U%08x".formatted(character));
                    } else {
                        quoted.appendCodePoint(character);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    /// Any text on the one line of a comment.
    static String comment(String text) {
        return text.replaceAll("\\p{C}|\\R", " ");
    }
}
