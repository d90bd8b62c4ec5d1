package dev.vitrine.rest;

import dev.vitrine.access.Callers;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.entity.Revision;
import dev.vitrine.query.AsOf;
import dev.vitrine.query.Entities;
import dev.vitrine.query.EntitiesUnavailable;
import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Holds a request back until the version of the gold table that it asks for is served, so that who just committed can
/// read it. Threads may share it.
final class MinimumVersion {

    static final String HEADER = "Min-Delta-Table-Version";
    static final int LONGEST_WAIT_SECONDS = 30;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    /// Each holds a thread of the server; further ones are answered at once.
    private static final int MOST_WAITING = 50;

    private final Entities entities;
    private final Semaphore places = new Semaphore(MOST_WAITING);

    MinimumVersion(Entities entities) {
        this.entities = entities;
    }

    /// Returns once the state to be read is new enough. Versions count in the table that is served when the request
    /// arrives; the state of another table that took its place meanwhile is newer than all of them.
    ///
    /// @param retryAfter seconds, for the refusal
    /// @throws Refusal if the version is not served in time, or is none
    /// @throws EntitiesUnavailable if nothing is served in time
    void await(
            DataProduct product,
            EntityType type,
            int retryAfter,
            HttpServletRequest request,
            HttpServletResponse response) {
        String text = request.getHeader(HEADER);
        if (text == null) {
            return;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw DataDoor.invalid(List.of(new Refusal.Error(
                    HEADER,
                    "invalid-value",
                    text + " is no version of a Delta table: those are whole numbers from 0")));
        }
        int seconds = Math.min(Preferences.wait(request), LONGEST_WAIT_SECONDS);
        Waiting waiting = new Waiting(product, type, Long.parseLong(text), retryAfter);
        if (waiting.isOver() || seconds == 0 || !places.tryAcquire()) {
            waiting.end(response);
            return;
        }
        try {
            long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            while (!waiting.isOver() && System.nanoTime() - deadline < 0) {
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
        response.addHeader("Preference-Applied", "wait=" + seconds);
        waiting.end(response);
    }

    /// One request that waits.
    private final class Waiting {

        private final DataProduct product;
        private final EntityType type;
        private final long version;
        private final int retryAfter;
        private @Nullable Revision wanted;
        private @Nullable AsOf served;
        private @Nullable EntitiesUnavailable unavailable;

        Waiting(DataProduct product, EntityType type, long version, int retryAfter) {
            this.product = product;
            this.type = type;
            this.version = version;
            this.retryAfter = retryAfter;
        }

        boolean isOver() {
            try {
                AsOf state = entities.served(product, type, Callers.current());
                served = state;
                Revision now = state.revision();
                Revision minimum = wanted == null ? new Revision(now.epoch(), version, now.commitTime()) : wanted;
                wanted = minimum;
                return now.compareTo(minimum) >= 0;
            } catch (EntitiesUnavailable e) {
                unavailable = e;
                return false;
            }
        }

        void end(HttpServletResponse response) {
            if (served == null && unavailable != null) {
                throw unavailable;
            }
            if (served != null && (wanted == null || served.revision().compareTo(wanted) < 0)) {
                DataHeaders.state(response, served);
                throw new Refusal(
                                ProblemType.VERSION_NOT_APPLIED,
                                "%s is served at version %d of its gold table; version %d is not applied yet. To wait for it, send `Prefer: wait=%d`."
                                        .formatted(
                                                type.name(),
                                                served.revision().version(),
                                                version,
                                                LONGEST_WAIT_SECONDS))
                        .with("Retry-After", Integer.toString(retryAfter));
            }
        }
    }
}
