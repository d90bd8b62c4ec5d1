package dev.vitrine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store promises about leases.
public abstract class LeasesContract {

    private static final Duration TERM = Duration.ofSeconds(30);

    private final TestClock clock = new TestClock();
    private EntityStore store;
    private Leases leases;

    /// As in [StoreFixture#open].
    protected abstract EntityStore open(Clock clock) throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open(clock);
        leases = store.leases();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void thereIsOneHolderAtATime() {
        Lease lease = leases.acquire("orders", "a", TERM).orElseThrow();
        assertThat(lease.name()).isEqualTo("orders");
        assertThat(lease.holder()).isEqualTo("a");
        assertThat(lease.until()).isEqualTo(clock.instant().plus(TERM));
        assertThat(leases.acquire("orders", "b", TERM)).isEmpty();
        assertThat(leases.acquire("customers", "b", TERM)).isPresent();
        assertThat(leases.current("orders")).contains(lease);
        assertThat(leases.current("unknown")).isEmpty();
    }

    @Test
    void aLeaseThatRanOutIsTakenByAnotherWithAGreaterToken() {
        Lease first = leases.acquire("orders", "a", TERM).orElseThrow();
        clock.pass(TERM);
        assertThat(leases.current("orders")).isEmpty();
        Lease second = leases.acquire("orders", "b", TERM).orElseThrow();
        assertThat(second.token()).isGreaterThan(first.token());
        assertThat(leases.renew(first, TERM)).isEmpty();
        leases.release(first);
        assertThat(leases.current("orders")).contains(second);
    }

    @Test
    void aRenewedLeaseRunsOn() {
        Lease lease = leases.acquire("orders", "a", TERM).orElseThrow();
        clock.pass(TERM.dividedBy(2));
        Lease renewed = leases.renew(lease, TERM).orElseThrow();
        assertThat(renewed.until()).isEqualTo(clock.instant().plus(TERM));
        assertThat(renewed.token()).isEqualTo(lease.token());
        clock.pass(TERM.dividedBy(2));
        assertThat(leases.acquire("orders", "b", TERM)).isEmpty();
    }

    @Test
    void aLeaseThatRanOutIsRenewedIfNobodyTookIt() {
        Lease lease = leases.acquire("orders", "a", TERM).orElseThrow();
        clock.pass(TERM.multipliedBy(3));
        assertThat(leases.renew(lease, TERM))
                .hasValueSatisfying(renewed -> assertThat(renewed.token()).isEqualTo(lease.token()));
    }

    @Test
    void aReleasedLeaseIsFreeAtOnceAndTokensGrowOn() {
        Lease first = leases.acquire("orders", "a", TERM).orElseThrow();
        leases.release(first);
        assertThat(leases.current("orders")).isEmpty();
        assertThat(leases.renew(first, TERM)).isEmpty();
        Lease second = leases.acquire("orders", "a", TERM).orElseThrow();
        assertThat(second.token()).isGreaterThan(first.token());
    }

    @Test
    void theHolderIsGivenItsLeaseAgain() {
        Lease lease = leases.acquire("orders", "a", TERM).orElseThrow();
        clock.pass(Duration.ofSeconds(1));
        assertThat(leases.acquire("orders", "a", TERM)).hasValueSatisfying(again -> {
            assertThat(again.token()).isEqualTo(lease.token());
            assertThat(again.until()).isEqualTo(clock.instant().plus(TERM));
        });
    }

    @Test
    void anotherProcessSeesIt() throws Exception {
        Lease lease = leases.acquire("orders", "a", TERM).orElseThrow();
        try (EntityStore other = open(clock)) {
            assertThat(other.leases().acquire("orders", "b", TERM)).isEmpty();
            assertThat(other.leases().current("orders")).contains(lease);
        }
    }

    @Test
    void ofManyWhoTryAtOnceOneGetsIt() throws Exception {
        Set<String> holders = ConcurrentHashMap.newKeySet();
        try (EntityStore other = open(clock);
                var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 32; i++) {
                String holder = "holder " + i;
                Leases from = i % 2 == 0 ? leases : other.leases();
                threads.submit(() -> from.acquire("orders", holder, TERM).ifPresent(got -> holders.add(got.holder())));
            }
        }
        assertThat(holders).hasSize(1);
    }
}
