package dev.vitrine.query;

/// The query was stopped at its budget; the message names what the contract would have to declare.
public final class QueryTooExpensive extends RuntimeException {
    public QueryTooExpensive(String message, Throwable cause) {
        super(message, cause);
    }
}
