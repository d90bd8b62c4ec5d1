package dev.vitrine.store;

import java.time.Instant;
import java.util.List;

/// What was measured of the service, step by step, by all processes together: restarts lose nothing of it. Threads may
/// share it.
public interface Measurements {

    /// Adds to what is kept of the same subjects and steps already, all of it or nothing of a subject.
    void add(List<Measured> measured);

    /// What is kept of a subject, oldest first; steps in which nothing was measured are left out.
    ///
    /// @param from only steps that begin then or later
    List<Measured> of(String subject, Measured.Step step, Instant from);

    /// Forgets the steps that are older than they are kept.
    void tidy(Instant now);
}
