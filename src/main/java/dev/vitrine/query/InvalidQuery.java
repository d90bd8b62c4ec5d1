package dev.vitrine.query;

import java.util.List;
import java.util.stream.Collectors;

/// The request cannot be answered as it was written; carries everything that is wrong with it.
public final class InvalidQuery extends RuntimeException {

    private final transient List<Fault> faults;

    public InvalidQuery(List<Fault> faults) {
        super(faults.stream().map(Fault::detail).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /// Made for another query or another caller, or not by us at all: not told apart.
    static InvalidQuery cursor() {
        return new InvalidQuery(List.of(new Fault(
                "cursor",
                "invalid-cursor",
                "this cursor does not belong to this query: pass nextCursor on as it was given, with the same filters,"
                        + " sort and scopes, or start again without a cursor")));
    }

    public List<Fault> faults() {
        return faults;
    }

    /// One thing that is wrong.
    ///
    /// @param parameter as the caller wrote it
    /// @param code countable, in kebab-case: `unknown-field`
    /// @param detail what is wrong and what is allowed
    public record Fault(String parameter, String code, String detail) {}
}
