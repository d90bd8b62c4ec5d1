package dev.vitrine.store.cosmos.server.sql;

/// A word of a query.
///
/// @param text a string's is unescaped
/// @param start where it begins in the query
/// @param end where it ends
record Token(Kind kind, String text, int start, int end) {

    enum Kind {
        NAME,
        PARAMETER,
        NUMBER,
        STRING,
        SYMBOL,
        END
    }

    boolean is(String word) {
        return kind != Kind.STRING && text.equalsIgnoreCase(word);
    }
}
