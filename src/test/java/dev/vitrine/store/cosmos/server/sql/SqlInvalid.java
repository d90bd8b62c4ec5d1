package dev.vitrine.store.cosmos.server.sql;

/// The text of a query cannot be read, or asks for what this server does not know.
public final class SqlInvalid extends RuntimeException {
    SqlInvalid(String message) {
        super(message);
    }
}
