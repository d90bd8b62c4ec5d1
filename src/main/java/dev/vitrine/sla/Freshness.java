package dev.vitrine.sla;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Measured;
import dev.vitrine.store.Measured.Step;
import dev.vitrine.store.StoreFailure;
import dev.vitrine.store.StoredTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Measures how old what readers are served is, from the time of the commit in Delta on: by what the workers have said
/// in
/// the store, hence also in a process without a worker, and while there is none. What nobody measured, because no
/// process ran, is measured afterwards: from the last good look on nothing was known.
///
/// Not for several threads, but for [#lag].
final class Freshness {

    private static final Logger log = LoggerFactory.getLogger(Freshness.class);
    private static final String MARKS = "sla.freshness";
    /// Longer than looks at the workers' words lie apart.
    private static final Duration GAP = Duration.ofMinutes(1);

    private final Contracts contracts;
    private final EntityStore store;
    private final Map<String, FreshnessMark> latest = new ConcurrentHashMap<>();
    private final Map<Place, Measured> pending = new LinkedHashMap<>();
    private @Nullable Map<String, FreshnessMark> marks;

    private record Place(String subject, Step step, Instant at) {}

    Freshness(Contracts contracts, EntityStore store) {
        this.contracts = contracts;
        this.store = store;
    }

    static String subject(DataProduct product, String entity) {
        return "freshness/" + product.address() + "/" + entity;
    }

    /// How far what is served of a table is behind; null: nothing is served of it, or this process does not know yet.
    @Nullable
    Duration lag(String table, Instant now) {
        FreshnessMark mark = latest.get(table);
        if (mark == null) {
            return null;
        }
        // The store has not told for a while: nobody knows any more.
        return age(isGap(mark.until(), now) ? mark.unknownSince() : mark.behindSince(), now);
    }

    /// What the workers say now.
    void look(Instant now) {
        for (GoldTable table : contracts.tables()) {
            try {
                StoredTable stored = store.table(table);
                if (stored.checkpoint().isPresent()) {
                    latest.put(table.address(), FreshnessMark.now(stored.status(), table, now));
                } else {
                    latest.remove(table.address());
                }
            } catch (StoreFailure away) {
                log.debug("{}: the store does not tell how fresh it is", table.address(), away);
            }
        }
        latest.keySet()
                .retainAll(contracts.tables().stream().map(GoldTable::address).toList());
    }

    /// Measures up to the last look. In one process at a time: it goes on where the one before, or this one before a
    /// restart, was.
    void measure() {
        Map<String, FreshnessMark> before = marks;
        if (before == null) {
            before = new HashMap<>(store.setting(MARKS).map(FreshnessMark::read).orElse(Map.of()));
            marks = before;
        }
        // A table that comes back was promised to nobody in between.
        before.keySet()
                .retainAll(contracts.tables().stream().map(GoldTable::address).toList());
        for (DataProduct product : contracts.products()) {
            for (Objectives objectives : Objectives.of(product)) {
                FreshnessMark now = latest.get(objectives.table());
                FreshnessMark last = before.get(objectives.table());
                if (now != null && last != null) {
                    measure(objectives, last, now);
                }
            }
        }
        before.putAll(latest);
    }

    /// Keeps what was measured, and then how far: a kill in between has some seconds counted twice, none lost.
    void keep() {
        Map<String, FreshnessMark> until = marks;
        if (until != null) {
            store.measurements().add(List.copyOf(pending.values()));
            pending.clear();
            store.putSetting(MARKS, FreshnessMark.write(until));
        }
    }

    /// Another process measures from now on.
    void leave() {
        marks = null;
        pending.clear();
    }

    private void measure(Objectives objectives, FreshnessMark last, FreshnessMark now) {
        boolean gap = isGap(last.until(), now.until());
        // What came to be served since the last look is taken as served just now.
        Instant since = gap ? last.unknownSince() : earlier(last.behindSince(), now.behindSince());
        Instant promised =
                since == null ? null : objectives.freshness().map(since::plus).orElse(null);
        String subject =
                Freshness.subject(objectives.product(), objectives.entity().name());
        Instant from = later(last.until(), now.until().minus(Step.HOUR.kept()));
        while (from.isBefore(now.until())) {
            Instant end = Step.MINUTE.of(from).plus(Step.MINUTE.length());
            Instant to = end.isBefore(now.until()) ? end : now.until();
            long stale = promised == null || promised.isAfter(to) ? 0 : millis(later(promised, from), to);
            List<Long> counts = List.of(millis(from, to), stale);
            double worst = age(since, to).toMillis() / 1000.0;
            for (Step step : steps(from, now.until())) {
                Measured measured = new Measured(subject, step, from, counts, worst);
                pending.merge(new Place(subject, step, measured.at()), measured, Measured::and);
            }
            from = to;
        }
    }

    private static boolean isGap(Instant from, Instant to) {
        return Duration.between(from, to).compareTo(GAP) > 0;
    }

    private static List<Step> steps(Instant at, Instant now) {
        List<Step> steps = new ArrayList<>(List.of(Step.HOUR));
        if (at.isAfter(now.minus(Step.MINUTE.kept()))) {
            steps.add(Step.MINUTE);
        }
        return steps;
    }

    private static Duration age(@Nullable Instant since, Instant now) {
        return since == null || since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
