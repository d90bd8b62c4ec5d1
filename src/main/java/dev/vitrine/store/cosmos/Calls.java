package dev.vitrine.store.cosmos;

import com.azure.cosmos.CosmosException;
import dev.vitrine.store.StoreFailure;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/// Calls to the service for one table, or for what all tables share: waits for the answer, counts its charge, and says
/// what failed. Threads may share it.
///
/// @param entity address of the table, or `control`
/// @param patience how long a call is tried again that changes nothing the second time
record Calls(String entity, Charges charges, Duration patience) {

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

    Calls forEntity(String other) {
        return new Calls(other, charges, patience);
    }

    /// Waits for an answer.
    ///
    /// @throws CosmosException as the service or its SDK has it
    <T> T ask(String operation, Mono<T> call, ToDoubleFunction<? super T> charge) {
        try {
            T answer = call.block();
            if (answer == null) {
                throw new StoreFailure("Cosmos DB gave no answer to: " + operation + " of " + entity);
            }
            charges.add(entity, operation, charge.applyAsDouble(answer));
            return answer;
        } catch (RuntimeException e) {
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
        return new StoreFailure(
                "cannot %s of %s: Cosmos DB answered %d/%d, %s"
                        .formatted(operation, entity, e.getStatusCode(), e.getSubStatusCode(), e.getShortMessage()),
                e);
    }

    /// Growing rests between attempts.
    static final class Rests {

        private final long deadline;
        private Duration next = SHORTEST_REST;

        Rests(Duration patience) {
            this.deadline = System.nanoTime() + patience.toNanos();
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
