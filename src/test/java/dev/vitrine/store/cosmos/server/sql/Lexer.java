package dev.vitrine.store.cosmos.server.sql;

import java.util.ArrayList;
import java.util.List;

/// Cuts a query into words.
final class Lexer {

    private static final List<String> LONG_SYMBOLS = List.of("<=", ">=", "!=", "<>");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                tokens.add(new Token(Token.Kind.END, "", at, at));
                return;
            }
            char next = text.charAt(at);
            if (next == '"' || next == '\'') {
                string(next);
            } else if (Character.isDigit(next)) {
                word(Token.Kind.NUMBER, at);
            } else if (next == '@') {
                word(Token.Kind.PARAMETER, at + 1);
            } else if (namePart(next)) {
                word(Token.Kind.NAME, at);
            } else {
                symbol();
            }
        }
    }

    private void word(Token.Kind kind, int from) {
        int end = from;
        while (end < text.length() && (namePart(text.charAt(end)) || kind == Token.Kind.NUMBER && numberPart(end))) {
            end++;
        }
        add(kind, text.substring(at, end), end);
    }

    private boolean numberPart(int index) {
        char next = text.charAt(index);
        return next == '.' || (next == '-' || next == '+') && Character.toLowerCase(text.charAt(index - 1)) == 'e';
    }

    private static boolean namePart(char next) {
        return Character.isLetterOrDigit(next) || next == '_' || next == '$';
    }

    private void symbol() {
        String symbol = LONG_SYMBOLS.stream()
                .filter(longer -> text.startsWith(longer, at))
                .findFirst()
                .orElse(text.substring(at, at + 1));
        add(Token.Kind.SYMBOL, symbol, at + symbol.length());
    }

    private void string(char quote) {
        StringBuilder value = new StringBuilder();
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            char next = text.charAt(end++);
            if (next != '\\') {
                value.append(next);
            } else if (end < text.length()) {
                end = escape(value, end);
            }
        }
        if (end >= text.length()) {
            throw new SqlInvalid("a string that begins at " + at + " does not end: " + text);
        }
        add(Token.Kind.STRING, value.toString(), end + 1);
    }

    private int escape(StringBuilder value, int index) {
        char escaped = text.charAt(index);
        switch (escaped) {
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'u' -> {
                value.append((char) Integer.parseInt(text.substring(index + 1, index + 5), 16));
                return index + 5;
            }
            default -> value.append(escaped);
        }
        return index + 1;
    }

    private void add(Token.Kind kind, String word, int end) {
        tokens.add(new Token(kind, word, at, end));
        at = end;
    }
}
