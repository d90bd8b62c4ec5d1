package dev.vitrine.access.token;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Nobody is configured whose tokens could be trusted, so nothing could be served to anyone.
final class IssuerNotConfigured extends RuntimeException {

    IssuerNotConfigured() {
        super("no issuer of tokens is configured");
    }

    /// Says at the start what to set.
    static final class Analyzer extends AbstractFailureAnalyzer<IssuerNotConfigured> {

        @Override
        protected FailureAnalysis analyze(@Nullable Throwable rootFailure, IssuerNotConfigured cause) {
            return new FailureAnalysis(
                    "Vitrine serves data only to callers with a token, and no issuer of tokens is configured.",
                    """
                    Set the issuer (its keys are then found by OpenID discovery) and whom its tokens must be meant for:

                        spring.security.oauth2.resourceserver.jwt.issuer-uri=https://login.example.com/realm
                        spring.security.oauth2.resourceserver.jwt.audiences=vitrine

                    or several issuers, each by a name: vitrine.issuers.<name>.issuer-uri, .audiences, .jwk-set-uri.
                    To look around with sample data and a local issuer, start with the profile 'demo'.""",
                    cause);
        }
    }
}
