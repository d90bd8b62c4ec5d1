package dev.vitrine.store.cosmos;

import com.azure.cosmos.models.SqlParameter;
import com.azure.cosmos.models.SqlQuerySpec;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What every process was charged on a day: each keeps its own sum now and then, in an item of its own, so that none
/// waits for another and what a process was charged outlives it. Threads may share it.
final class KeptCharges {

    private static final String PLACE = "charged";
    private static final String UNITS = "units";

    /// How old the sums of others may be in an answer, beyond how seldom they keep them.
    private static final long GOOD_FOR = Duration.ofSeconds(5).toNanos();

    private final ControlContainer control;
    private final Charges charges;
    private final String process = UUID.randomUUID().toString();
    private @Nullable LocalDate tidied;
    private @Nullable Others others;

    private record Others(LocalDate date, long at, Map<String, Double> units) {}

    KeptCharges(ControlContainer control, Charges charges) {
        this.control = control;
        this.charges = charges;
    }

    /// Keeps the sum of this process. What that costs is in the next one.
    ///
    /// @throws dev.vitrine.store.StoreFailure if it cannot be kept; the next one has it all
    synchronized void keep() {
        Charges.Day today = charges.today();
        ObjectNode item = JsonNodeFactory.instance
                .objectNode()
                .put("id", id(today.date()))
                .put("p", PLACE)
                .put("number", today.date().toEpochDay());
        ObjectNode units = item.putObject(UNITS);
        today.sums().forEach(units::put);
        control.upsert(item);
        if (!today.date().equals(tidied)) {
            SqlQuerySpec old = new SqlQuerySpec(
                    "SELECT c.id FROM c WHERE c.number < @day",
                    new SqlParameter("@day", today.date().toEpochDay()));
            control.query(old, PLACE)
                    .forEach(gone -> control.delete(gone.path("id").textValue(), PLACE));
            tidied = today.date();
        }
    }

    /// What all processes were charged since midnight UTC, by entity: this one by now, the others when they last kept
    /// it.
    ///
    /// @throws dev.vitrine.store.StoreFailure if the sums of the others cannot be read now
    Map<String, Double> today() {
        Charges.Day today = charges.today();
        Map<String, Double> all = new TreeMap<>(today.sums());
        ofOthers(today.date()).forEach((entity, units) -> all.merge(entity, units, Double::sum));
        return all;
    }

    private synchronized Map<String, Double> ofOthers(LocalDate date) {
        Others known = others;
        if (known == null || !known.date.equals(date) || System.nanoTime() - known.at > GOOD_FOR) {
            SqlQuerySpec query = new SqlQuerySpec(
                    "SELECT * FROM c WHERE c.number = @day AND c.id != @own",
                    new SqlParameter("@day", date.toEpochDay()),
                    new SqlParameter("@own", id(date)));
            Map<String, Double> sums = new TreeMap<>();
            for (ObjectNode item : control.queryNow(query, PLACE)) {
                item.path(UNITS)
                        .properties()
                        .forEach(entry ->
                                sums.merge(entry.getKey(), entry.getValue().doubleValue(), Double::sum));
            }
            known = new Others(date, System.nanoTime(), sums);
            others = known;
        }
        return known.units;
    }

    private String id(LocalDate date) {
        return Ids.ofName(PLACE, date + " " + process);
    }
}
