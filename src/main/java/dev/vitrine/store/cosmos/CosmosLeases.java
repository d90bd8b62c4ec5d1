package dev.vitrine.store.cosmos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.store.KeptValues;
import dev.vitrine.store.Lease;
import dev.vitrine.store.Leases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Leases as items that are changed by their ETag. Whether one has run out is told by the clock of the process that
/// asks:
/// clocks that differ make a takeover early or late, and fencing keeps an early one from doing harm.
record CosmosLeases(ControlContainer control, Clock clock) implements Leases {

    @Override
    public Optional<Lease> acquire(String name, String holder, Duration term) {
        while (true) {
            ControlContainer.Versioned found = find(name);
            Instant now = clock.instant();
            Lease last = found == null ? null : lease(name, found.item());
            boolean runs = last != null && last.until().isAfter(now);
            if (last != null && runs && !last.holder().equals(holder)) {
                return Optional.empty();
            }
            long token = last != null && runs ? last.token() : next(last, now);
            Lease lease = new Lease(name, holder, token, until(now, term));
            if (found == null ? control.create(item(lease)) : control.replace(item(lease), found.etag())) {
                return Optional.of(lease);
            }
        }
    }

    /// Not below the time: tokens grow on even if the item was lost, and the tables have seen the old ones.
    private static long next(@Nullable Lease last, Instant now) {
        return Math.max(last == null ? 1 : last.token() + 1, now.toEpochMilli());
    }

    /// As it is kept.
    private static Instant until(Instant now, Duration term) {
        return KeptValues.instant(KeptValues.micros(now.plus(term)));
    }

    @Override
    public Optional<Lease> renew(Lease lease, Duration term) {
        while (true) {
            ControlContainer.Versioned found = find(lease.name());
            if (found == null || isReleased(found.item()) || !isOf(lease, found.item())) {
                return Optional.empty();
            }
            Lease renewed = new Lease(lease.name(), lease.holder(), lease.token(), until(clock.instant(), term));
            if (control.replace(item(renewed), found.etag())) {
                return Optional.of(renewed);
            }
        }
    }

    /// Also by a thread that was told to end.
    @Override
    public void release(Lease lease) {
        boolean interrupted = Thread.interrupted();
        try {
            giveUp(lease);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void giveUp(Lease lease) {
        while (true) {
            ControlContainer.Versioned found = find(lease.name());
            if (found == null || isReleased(found.item()) || !isOf(lease, found.item())) {
                return;
            }
            ObjectNode released = item(lease).put("released", true);
            if (control.replace(released, found.etag())) {
                return;
            }
        }
    }

    @Override
    public Optional<Lease> current(String name) {
        ControlContainer.Versioned found = find(name);
        return Optional.ofNullable(found)
                .map(item -> lease(name, item.item()))
                .filter(lease -> lease.until().isAfter(clock.instant()));
    }

    private ControlContainer.@Nullable Versioned find(String name) {
        String id = Ids.ofName("lease", name);
        return control.read(id, id).orElse(null);
    }

    private static boolean isOf(Lease lease, JsonNode item) {
        return item.path("holder").asText().equals(lease.holder())
                && item.path("token").asText().equals(String.valueOf(lease.token()));
    }

    private static boolean isReleased(JsonNode item) {
        return item.path("released").asBoolean();
    }

    private static Lease lease(String name, JsonNode item) {
        return new Lease(
                name,
                item.path("holder").textValue(),
                Long.parseLong(item.path("token").textValue()),
                isReleased(item)
                        ? Instant.MIN
                        : KeptValues.instant(Long.parseLong(item.path("until").textValue())));
    }

    private static ObjectNode item(Lease lease) {
        String id = Ids.ofName("lease", lease.name());
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("p", id)
                .put("name", lease.name())
                .put("holder", lease.holder())
                .put("token", String.valueOf(lease.token()))
                .put("until", String.valueOf(KeptValues.micros(lease.until())));
    }
}
