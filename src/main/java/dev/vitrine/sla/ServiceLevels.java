package dev.vitrine.sla;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.sla.LevelReport.EntityLevels;
import dev.vitrine.sla.LevelReport.Incident;
import dev.vitrine.sla.LevelReport.Kind;
import dev.vitrine.sla.LevelReport.ObjectiveLevel;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.Measured;
import dev.vitrine.store.Measured.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the service keeps what the contracts promise. Threads may share it.
public final class ServiceLevels {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration JUST_NOW = Duration.ofMinutes(5);
    private static final int INCIDENTS = 5;

    private final EntityStore store;
    private final Freshness freshness;
    private final InstantSource clock;

    ServiceLevels(EntityStore store, Freshness freshness, InstantSource clock) {
        this.store = store;
        this.freshness = freshness;
        this.clock = clock;
    }

    /// @throws dev.vitrine.store.StoreFailure if the store does not tell
    public LevelReport of(DataProduct product) {
        Instant now = clock.instant();
        return new LevelReport(
                product,
                now,
                Objectives.of(product).stream()
                        .map(objectives -> levels(objectives, now))
                        .toList());
    }

    /// The last day of an entity, oldest first; parts of it in which nothing was measured are left out.
    ///
    /// @throws dev.vitrine.store.StoreFailure as above
    public List<Moment> lastDay(DataProduct product, String entity, Duration part) {
        Instant now = clock.instant();
        Objectives objectives = Objectives.of(product).stream()
                .filter(of -> of.entity().name().equals(entity))
                .findFirst()
                .orElseThrow();
        Measurement requests = measurement(Requests.subject(product, objectives.entity()), now);
        Measurement ages = measurement(Freshness.subject(product, entity), now);
        List<Moment> moments = new ArrayList<>();
        for (Instant at = Step.MINUTE.of(now.minus(DAY)); at.isBefore(now); at = at.plus(part)) {
            Instant end = at.plus(part);
            List<Measured> age = ages.between(at, end);
            RequestCounts counts = RequestCounts.of(requests.between(at, end));
            moments.add(new Moment(
                    at,
                    age.isEmpty()
                            ? null
                            : age.stream().mapToDouble(Measured::worst).max().orElse(0),
                    counts.reads() == 0 ? null : percentile(objectives, counts)));
        }
        return moments;
    }

    /// A part of the last day.
    ///
    /// @param behind the oldest that was served, in seconds; null: not measured
    /// @param responseTime of single reads, at the promised percentile (99 unless promised), in seconds; null: none
    /// came
    public record Moment(
            Instant at, @Nullable Double behind, @Nullable Double responseTime) {}

    private EntityLevels levels(Objectives objectives, Instant now) {
        List<ObjectiveLevel> levels = new ArrayList<>();
        List<Incident> incidents = new ArrayList<>();
        Measurement requests = measurement(Requests.subject(objectives.product(), objectives.entity()), now);
        Measurement ages = measurement(
                Freshness.subject(objectives.product(), objectives.entity().name()), now);
        objectives.failures().ifPresent(share -> {
            Share failed = new Share(share, measured -> {
                RequestCounts counts = RequestCounts.of(measured);
                return new double[] {counts.all(), counts.failed()};
            });
            double[] recent = failed.of(requests.since(now, JUST_NOW));
            levels.add(failed.level(
                    Kind.AVAILABILITY, null, requests, now, recent[0] == 0 ? null : 1 - recent[1] / recent[0]));
            incidents.addAll(failed.incidents(Kind.AVAILABILITY, requests, now));
        });
        objectives.responseTime().ifPresent(promise -> {
            Share slow = new Share(Objectives.slow(promise), measured -> {
                RequestCounts counts = RequestCounts.of(measured);
                return new double[] {counts.reads(), counts.slow()};
            });
            RequestCounts recent = RequestCounts.of(requests.since(now, JUST_NOW));
            levels.add(slow.level(
                    Kind.RESPONSE_TIME,
                    promise.limit(),
                    requests,
                    now,
                    recent.reads() == 0 ? null : percentile(objectives, recent)));
            incidents.addAll(slow.incidents(Kind.RESPONSE_TIME, requests, now));
        });
        objectives.freshness().ifPresent(limit -> {
            Share stale = new Share(Objectives.STALE, measured -> {
                double seconds = 0;
                double late = 0;
                for (Measured one : measured) {
                    seconds += one.count(0) / 1000.0;
                    late += one.count(1) / 1000.0;
                }
                return new double[] {seconds, late};
            });
            Duration lag = freshness.lag(objectives.table(), now);
            levels.add(stale.level(Kind.FRESHNESS, limit, ages, now, lag == null ? null : lag.toMillis() / 1000.0));
            incidents.addAll(stale.incidents(Kind.FRESHNESS, ages, now));
        });
        return new EntityLevels(
                objectives.entity().name(),
                objectives.table(),
                levels,
                incidents.stream()
                        .sorted(Comparator.comparing(Incident::from).reversed())
                        .limit(INCIDENTS)
                        .toList());
    }

    private static double percentile(Objectives objectives, RequestCounts counts) {
        return counts.seconds(
                objectives.responseTime().map(promise -> promise.percentile()).orElse(99.0),
                Requests.limit(objectives));
    }

    private Measurement measurement(String subject, Instant now) {
        return new Measurement(
                store.measurements().of(subject, Step.MINUTE, Step.MINUTE.of(now.minus(Step.MINUTE.kept()))),
                store.measurements().of(subject, Step.HOUR, Step.HOUR.of(now.minus(Share.PERIOD))));
    }
}
