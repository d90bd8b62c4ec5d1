package dev.vitrine.store.cosmos.server.sql;

import java.util.List;
import java.util.stream.Stream;

/// The words of a query, read one after the other.
final class Words {

    private final String text;
    private final List<Token> tokens;
    private int at;

    Words(String text) {
        this.text = text;
        this.tokens = Lexer.tokens(text);
    }

    Token next() {
        return tokens.get(at);
    }

    Token take() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    boolean skip(String word) {
        boolean there = next().is(word);
        if (there) {
            at++;
        }
        return there;
    }

    void expect(String word) {
        if (!skip(word)) {
            throw unexpected(word);
        }
    }

    void expectEnd() {
        if (next().kind() != Token.Kind.END) {
            throw unexpected("the end");
        }
    }

    /// Goes behind a keyword that stands outside of all brackets.
    void skipTo(String keyword) {
        int depth = 0;
        while (depth > 0 || !next().is(keyword)) {
            Token token = take();
            if (token.kind() == Token.Kind.END) {
                throw unexpected(keyword);
            }
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
        }
        at++;
    }

    String name() {
        if (!nextIsName()) {
            throw unexpected("a name");
        }
        return take().text();
    }

    boolean nextIsName() {
        return next().kind() == Token.Kind.NAME;
    }

    boolean nextIsOneOf(String... keywords) {
        return Stream.of(keywords).anyMatch(next()::is);
    }

    int position() {
        return at;
    }

    void back(int position) {
        at = position;
    }

    /// Where the next word starts in the text.
    int start() {
        return next().start();
    }

    /// Where the word before ends in the text.
    int endBefore() {
        return tokens.get(at - 1).end();
    }

    SqlInvalid unexpected(String expected) {
        return new SqlInvalid(
                "Syntax error, incorrect syntax near '%s', expected %s: %s".formatted(next().text(), expected, text));
    }
}
