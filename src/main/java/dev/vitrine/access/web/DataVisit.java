package dev.vitrine.access.web;

import dev.vitrine.access.Caller;
import dev.vitrine.access.VerifiedCaller;
import dev.vitrine.access.Visit;
import dev.vitrine.access.limit.Admission;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/// A request for data in the place of its caller's authentication, so that it is found wherever that is.
final class DataVisit implements Visit, Authentication {

    private final transient VerifiedCaller verified;
    private final transient Admission admission;
    private final AtomicBoolean firstUnitSpent = new AtomicBoolean();

    DataVisit(VerifiedCaller verified, Admission admission) {
        this.verified = verified;
        this.admission = admission;
    }

    @Override
    public Caller caller() {
        return verified.getPrincipal();
    }

    @Override
    public void charge(long units) {
        long more = firstUnitSpent.getAndSet(true) ? units : units - 1;
        if (more > 0) {
            admission.charge(more);
        }
    }

    /// The request is answered.
    void end() {
        admission.close();
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return verified.getAuthorities();
    }

    @Override
    public Object getCredentials() {
        return verified.getCredentials();
    }

    @Override
    public Object getDetails() {
        return "";
    }

    @Override
    public Caller getPrincipal() {
        return verified.getPrincipal();
    }

    @Override
    public boolean isAuthenticated() {
        return true;
    }

    @Override
    public void setAuthenticated(boolean isAuthenticated) {
        if (!isAuthenticated) {
            throw new IllegalArgumentException("a request that was let in stays so");
        }
    }

    @Override
    public String getName() {
        return verified.getName();
    }
}
