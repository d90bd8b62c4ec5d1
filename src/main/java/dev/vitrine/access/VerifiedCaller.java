package dev.vitrine.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/// A caller whose credentials were verified. One object serves all requests that carry them.
public final class VerifiedCaller extends AbstractAuthenticationToken {

    /// Authority of a scope.
    public static final String SCOPE = "SCOPE_";

    private final transient Caller caller;
    private final @Nullable Instant expires;

    /// @param expires when the credentials end; null: never
    public VerifiedCaller(Caller caller, @Nullable Instant expires) {
        super(caller.scopes().stream()
                .map(scope -> new SimpleGrantedAuthority(SCOPE + scope))
                .toList());
        this.caller = caller;
        this.expires = expires;
        setAuthenticated(true);
    }

    /// When the credentials end; null: never.
    public @Nullable Instant expires() {
        return expires;
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    /// The credentials themselves are not kept.
    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return caller.subject();
    }
}
