package dev.vitrine.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.store.DeadLetter;
import dev.vitrine.store.Order.Action;
import dev.vitrine.store.StoredTable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/// `/actuator/deadletters`: rows that cannot be served, and what can be done about them.
@Endpoint(id = "deadletters")
record DeadLettersEndpoint(TableStates states, Operations operations) {

    private static final int LIMIT = 100;
    private static final int MOST = 1000;

    /// Letters of a table, newest first.
    ///
    /// @param next the `before` of the next page; null: there is none
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Letters(
            long count, List<Letter> letters, @Nullable Long next) {}

    /// One letter, with the row as it was read.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Letter(
            long id,
            String table,
            long version,
            @Nullable String key,
            Reason reason,
            String detail,
            @JsonRawValue String row,
            Instant firstSeen,
            Instant lastSeen) {

        static Letter of(DeadLetter letter) {
            EntityKey key = letter.key();
            return new Letter(
                    letter.id(),
                    letter.table(),
                    letter.version(),
                    key == null ? null : key.toString(),
                    letter.reason(),
                    letter.detail(),
                    new String(letter.row(), StandardCharsets.UTF_8),
                    letter.firstSeen(),
                    letter.lastSeen());
        }
    }

    /// How many there are, by table and reason.
    @ReadOperation
    Map<String, Map<Reason, Long>> counts() {
        return states.deadLetters();
    }

    /// Those of a table.
    ///
    /// @param before id of the last one seen; null: from the newest
    /// @param limit how many, at most 1000; null: 100
    @ReadOperation
    Letters letters(@Selector String product, @Selector String table, @Nullable String before, @Nullable String limit) {
        int most = Math.clamp(number("limit", limit, LIMIT), 1, MOST);
        StoredTable stored = operations.table(product, table);
        List<DeadLetter> page = stored.deadLetters(number("before", before, Long.MAX_VALUE), most);
        return new Letters(
                stored.deadLetterCount(),
                page.stream().map(Letter::of).toList(),
                page.size() < most ? null : page.getLast().id());
    }

    private static long number(String name, @Nullable String text, long absent) {
        try {
            return text == null ? absent : Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST,
                    "The parameter '%s' is '%s': send a whole number".formatted(name, text),
                    notANumber);
        }
    }

    /// Replays letters, that is, reads their rows again from the gold table; or dismisses them.
    ///
    /// @param treatment `replay` or `dismiss`: see [OrderRequests]
    /// @param ids which, separated by commas; without them all are replayed
    @WriteOperation
    WebEndpointResponse<Operations.Answer> treat(
            @Selector String product,
            @Selector String table,
            @Selector Action treatment,
            @Nullable String ids,
            SecurityContext caller) {
        List<Long> chosen = ids == null
                ? List.of()
                : Arrays.stream(ids.split(",")).map(Long::valueOf).toList();
        return SyncEndpoint.answer(operations.ask(product, table, treatment, chosen, SyncEndpoint.name(caller)));
    }
}
