package dev.vitrine.access;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// The configuration of who may do what cannot be meant as it is written; the start is refused.
public final class AccessMisconfigured extends RuntimeException {

    private final String remedy;

    /// @param problem what is wrong, with the key
    /// @param remedy what to set instead
    public AccessMisconfigured(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    /// Says at the start what to set.
    static final class Analyzer extends AbstractFailureAnalyzer<AccessMisconfigured> {

        @Override
        protected FailureAnalysis analyze(@Nullable Throwable rootFailure, AccessMisconfigured cause) {
            return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.remedy, cause);
        }
    }
}
