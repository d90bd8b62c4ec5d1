package dev.vitrine.access;

import org.springframework.security.core.context.SecurityContextHolder;

/// One request for data, from its admission to its answer. Threads that work on the same request may share it.
public interface Visit {

    /// The visit that the current request is.
    ///
    /// @throws IllegalStateException outside a request for data
    static Visit current() {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof Visit visit) {
            return visit;
        }
        throw new IllegalStateException("no request for data is being answered on this thread");
    }

    /// Who asks.
    Caller caller();

    /// Takes the cost of a piece of work from what the caller's plan leaves; to be called before the work. A unit was
    /// taken when the request came: it pays for the first that is charged.
    ///
    /// @param units that the work costs, 1 for a point read
    /// @throws LimitExceeded if the plan, or the product's total limit, leaves less; nothing is taken then
    void charge(long units);

    /// Takes what work cost that is done already: all of it, or what the plan and the product's total limit leave.
    void settle(long units);

    /// Notes what was read, for the audit; also that somebody tried.
    void note(EntityRead read);
}
