package dev.vitrine.store.cosmos;

import com.azure.cosmos.CosmosException;
import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.StoreUnavailable;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/// Calls to the service for one table, or for what all tables share: waits for the answer, counts its charge, and says
/// what failed. Threads may share it.
///
/// @param entity address of the table, or `control`
/// @param patience how long a call is tried again that changes nothing the second time
/// @param readers whether the service is known to be gone, for those who cannot wait
/// @param readTimeout how long a reader waits, attempts and all
record Calls(String entity, Charges charges, Duration patience, CircuitBreaker readers, Duration readTimeout) {

    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    static final int PRECONDITION_FAILED = 412;

    private static final int THROTTLED = 429;
    private static final int RETRY_WITH = 449;
    private static final int UNAVAILABLE = 503;
    private static final int TIMEOUT = 408;
    private static final int GONE = 410;
    private static final Duration SHORTEST_REST = Duration.ofMillis(20);
    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

    /// Of what the client's own timeout does not end, such as making a container.
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    Calls forEntity(String other) {
        return new Calls(other, charges, patience, readers, readTimeout);
    }

    /// Waits for an answer.
    ///
    /// @throws CosmosException as the service or its SDK has it
    /// @throws StoreUnavailable if there is no answer at all
    <T> T ask(String operation, Mono<T> call, ToDoubleFunction<? super T> charge) {
        try {
            T answer = call.timeout(LONGEST_WAIT).block();
            if (answer == null) {
                throw new StoreFailure("Cosmos DB gave no answer to: " + operation + " of " + entity);
            }
            charges.add(entity, operation, charge.applyAsDouble(answer));
            return answer;
        } catch (RuntimeException e) {
            if (Exceptions.unwrap(e) instanceof TimeoutException) {
                throw new StoreUnavailable(
                        "cannot %s of %s: Cosmos DB did not answer in time".formatted(operation, entity), e);
            }
            CosmosException refused = refusal(e);
            if (refused == null) {
                throw e;
            }
            charges.add(entity, operation, refused.getRequestCharge());
            throw refused;
        }
    }

    private static @Nullable CosmosException refusal(RuntimeException e) {
        return Exceptions.unwrap(e) instanceof CosmosException refused ? refused : null;
    }

    /// The same for what may be asked again without another effect: while the service is busy or cannot be reached, it
    /// is
    /// asked again for as long as [#patience] says.
    <T> T askAgain(String operation, Supplier<Mono<T>> call, ToDoubleFunction<? super T> charge) {
        Rests rests = new Rests(patience);
        while (true) {
            try {
                return ask(operation, call.get(), charge);
            } catch (CosmosException e) {
                if (!passes(e) || !rests.rest(e.getRetryAfterDuration())) {
                    throw e;
                }
            }
        }
    }

    /// As [#askAgain], for what is read bit by bit: patience begins anew with each answer.
    Retry whilePatient() {
        return Retry.backoff(patience.dividedBy(LONGEST_REST), SHORTEST_REST)
                .maxBackoff(LONGEST_REST)
                .transientErrors(true)
                .filter(e -> e instanceof CosmosException refused && passes(refused))
                .onRetryExhaustedThrow((all, last) -> last.failure());
    }

    /// The same for a reader: not for as long, and not at all while the service is known to be gone.
    ///
    /// @throws StoreUnavailable if there is no answer in time
    <T> T askReading(String operation, Supplier<Mono<T>> call, ToDoubleFunction<? super T> charge) {
        long start = startReading(operation);
        Rests rests = new Rests(readTimeout);
        while (true) {
            try {
                T answer = ask(operation, call.get().timeout(rests.left()), charge);
                endReading(start);
                return answer;
            } catch (CosmosException e) {
                if (!passes(e)) {
                    endReading(start);
                    throw e;
                }
                if (!rests.rest(e.getRetryAfterDuration())) {
                    throw unanswered(operation, start, e);
                }
            } catch (RuntimeException e) {
                throw unanswered(operation, start, e);
            }
        }
    }

    /// @throws StoreUnavailable if the service is known to be gone
    long startReading(String operation) {
        try {
            readers.acquirePermission();
            return readers.getCurrentTimestamp();
        } catch (CallNotPermittedException e) {
            throw new StoreUnavailable(
                    "cannot %s of %s: Cosmos DB did not answer lately".formatted(operation, entity), e);
        }
    }

    /// @return for throwing
    StoreUnavailable unanswered(String operation, long start, RuntimeException e) {
        readers.onError(readers.getCurrentTimestamp() - start, readers.getTimestampUnit(), e);
        String why = e instanceof CosmosException refused
                ? "Cosmos DB answered %d/%d".formatted(refused.getStatusCode(), refused.getSubStatusCode())
                : "Cosmos DB did not answer within " + readTimeout.toMillis() + " ms";
        return new StoreUnavailable("cannot %s of %s: %s".formatted(operation, entity, why), e);
    }

    void endReading(long start) {
        readers.onSuccess(readers.getCurrentTimestamp() - start, readers.getTimestampUnit());
    }

    /// Whether the same call may succeed a little later.
    static boolean passes(CosmosException e) {
        return passes(e.getStatusCode());
    }

    static boolean passes(int status) {
        return switch (status) {
            case THROTTLED, RETRY_WITH, UNAVAILABLE, TIMEOUT, GONE -> true;
            default -> false;
        };
    }

    StoreFailure failure(String operation, CosmosException e) {
        String message = "cannot %s of %s: Cosmos DB answered %d/%d, %s"
                .formatted(operation, entity, e.getStatusCode(), e.getSubStatusCode(), e.getShortMessage());
        return passes(e) ? new StoreUnavailable(message, e) : new StoreFailure(message, e);
    }

    /// Growing rests between attempts.
    static final class Rests {

        private final long deadline;
        private Duration next = SHORTEST_REST;

        Rests(Duration patience) {
            this.deadline = System.nanoTime() + patience.toNanos();
        }

        Duration left() {
            return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
        }

        /// Rests, unless there is no time left.
        ///
        /// @param asked what the service asks for; null: nothing
        boolean rest(@Nullable Duration asked) {
            Duration rest = asked != null && asked.compareTo(next) > 0 ? asked : next;
            if (System.nanoTime() + rest.toNanos() - deadline > 0) {
                return false;
            }
            try {
                Thread.sleep(rest.plusMillis(ThreadLocalRandom.current().nextLong(next.toMillis() + 1)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            next = next.multipliedBy(2).compareTo(LONGEST_REST) > 0 ? LONGEST_REST : next.multipliedBy(2);
            return true;
        }
    }
}
