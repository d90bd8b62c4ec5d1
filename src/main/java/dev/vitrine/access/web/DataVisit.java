package dev.vitrine.access.web;

import dev.vitrine.access.Caller;
import dev.vitrine.access.EntityRead;
import dev.vitrine.access.VerifiedCaller;
import dev.vitrine.access.Visit;
import dev.vitrine.access.audit.AuditEvent;
import dev.vitrine.access.audit.AuditTrail;
import dev.vitrine.access.limit.Admission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/// A request for data in the place of its caller's authentication, so that it is found wherever that is.
final class DataVisit implements Visit, Authentication {

    private final transient VerifiedCaller verified;
    private final transient Admission admission;
    private final Instant at = Instant.now();
    private final long begun = System.nanoTime();
    private final transient List<EntityRead> reads = new ArrayList<>(1);
    private boolean firstUnitSpent;

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
        long more = units - paidAlready();
        if (more > 0) {
            admission.charge(more);
        }
    }

    @Override
    public void settle(long units) {
        long more = units - paidAlready();
        if (more > 0) {
            admission.settle(more);
        }
    }

    private synchronized int paidAlready() {
        int paid = firstUnitSpent ? 0 : 1;
        firstUnitSpent = true;
        return paid;
    }

    /// Reads that differ in numbers only are one: a request that follows relations may make thousands.
    @Override
    public synchronized void note(EntityRead read) {
        for (int at = 0; at < reads.size(); at++) {
            if (reads.get(at).isLike(read)) {
                reads.set(at, reads.get(at).and(read));
                return;
            }
        }
        reads.add(read);
    }

    /// The request is answered.
    ///
    /// @param trail keeps what was read; null: nothing does
    /// @param trace id of the trace that the request belongs to
    void end(@Nullable AuditTrail trail, int status, @Nullable String trace) {
        admission.close();
        if (trail != null) {
            List<EntityRead> all = reads();
            if (!all.isEmpty()) {
                long micros = (System.nanoTime() - begun) / 1_000;
                trail.keep(new AuditEvent(at, caller().subject(), caller().client(), all, status, micros, trace));
            }
        }
    }

    private synchronized List<EntityRead> reads() {
        return List.copyOf(reads);
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
