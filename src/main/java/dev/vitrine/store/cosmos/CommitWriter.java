package dev.vitrine.store.cosmos;

import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.ChangeWriter;
import dev.vitrine.store.CommitEffect;
import dev.vitrine.store.KeptValues;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Applies commits: works out, key by key, what they make of the stored states, and writes nothing before
/// [#publish]. So a commit that a guard holds leaves no trace. What is written then carries the version of its commit:
/// a writer that takes over after a kill in the middle finds it, and applies the commit to the rest.
final class CommitWriter implements ChangeWriter {

    private static final int LOOKED_UP_AT_ONCE = 1000;

    private final Target target;
    private final Container container;
    private final Columns columns;
    private final List<String> layout;
    private final Writes writes;
    private final Clock clock;
    private final Runnable ended;
    private final Staging staging;
    private Standing base;
    private Revision last;
    private @Nullable Long divergedSince;
    private boolean open;
    private boolean applied;
    private long rows;
    private long entities;
    private boolean closed;

    /// Where a generation stands, and how that is moved.
    interface Target {
        /// @throws dev.vitrine.store.WriterFenced if a newer writer has taken over
        Standing standing();

        /// @throws dev.vitrine.store.WriterFenced as above; nothing is moved then
        void move(Standing to);

        /// Ids for letters; the first of them.
        long letters(int count);
    }

    /// @param layout lines of the layout that is written
    /// @param ended run at [#close]
    CommitWriter(Target target, Containers containers, Container container, List<String> layout, Runnable ended) {
        this.target = target;
        this.container = container;
        this.columns = container.items().columns();
        this.layout = layout;
        this.writes = containers.writes(container);
        this.clock = containers.clock();
        this.staging = new Staging(containers.properties().staging().toBytes());
        this.ended = ended;
        this.base = target.standing();
        this.last = base.revision();
        this.divergedSince = base.divergedSince();
        this.entities = base.entities();
    }

    /// Looks again where the generation stands, once for all commits that are published together.
    private void open() {
        if (!open) {
            base = target.standing();
            last = base.revision();
            divergedSince = base.divergedSince();
            entities = base.entities();
            open = true;
        }
    }

    @Override
    public void begin(Revision revision) {
        open();
        if (revision.epoch() != last.epoch()) {
            throw new IllegalStateException(
                    "commits of epoch %d cannot be applied to %s, which is of epoch %d: rebuild it"
                            .formatted(revision.epoch(), address(), last.epoch()));
        }
        // A commit that is in already changes nothing, so that a replay never moves an entity back.
        applied = revision.compareTo(last) <= 0;
        if (!applied) {
            last = revision;
        }
        rows = 0;
    }

    @Override
    public void apply(List<? extends EntityChange> changes) {
        if (applied) {
            return;
        }
        rows += changes.size();
        for (EntityChange change : changes) {
            String id = Step.id(change, container.items().placement());
            if (id != null) {
                staging.add(id, Step.of(change, columns, last));
            }
        }
    }

    @Override
    public CommitEffect end() {
        long before = entities;
        if (applied) {
            return new CommitEffect(0, 0, before, 0);
        }
        Instant now = KeptValues.instant(KeptValues.micros(clock.instant()));
        Sum sum = new Sum(new Transition(last, divergedSince != null, now));
        staging.forEach(sum);
        entities += sum.grown;
        return new CommitEffect(rows, sum.letters, before, sum.removed);
    }

    /// Works out the states after a commit, and adds up what they differ in.
    private final class Sum implements Staging.Work {

        private final Transition transition;
        private long letters;
        private long removed;
        private long grown;

        Sum(Transition transition) {
            this.transition = transition;
        }

        @Override
        public void run(Map<String, List<Step>> steps, Map<String, Pending> states) {
            lookUp(steps.keySet(), states);
            steps.forEach((id, changes) -> {
                Pending known = states.getOrDefault(id, Pending.of(id, Stored.NOTHING, false));
                Pending next = next(known, changes);
                states.put(id, next);
                letters += isWritten(known)
                        ? next.lettersOf(transition.by().version())
                        : next.newLettersOf(transition.by().version(), known);
                removed += known.live() && next.after().isAbsent() ? 1 : 0;
                grown += (next.live() ? 1 : 0) - (known.live() ? 1 : 0);
            });
        }

        private Pending next(Pending known, List<Step> changes) {
            if (known.before().version() > transition.by().version()) {
                // what a later commit made of it is counted when that one comes
                return known;
            }
            return isWritten(known)
                    ? known.found()
                    : known.to(
                            transition.apply(known.after(), changes),
                            transition.by().version());
        }

        /// A writer before this one wrote what the commit makes of it, and was killed.
        private boolean isWritten(Pending known) {
            return known.before().version() >= transition.by().version();
        }
    }

    /// Reads the states that this commit changes and no one before it did.
    private void lookUp(Set<String> ids, Map<String, Pending> states) {
        List<String> unknown =
                ids.stream().filter(id -> !states.containsKey(id)).toList();
        for (int from = 0; from < unknown.size(); from += LOOKED_UP_AT_ONCE) {
            List<String> some = unknown.subList(from, Math.min(from + LOOKED_UP_AT_ONCE, unknown.size()));
            container.read(some, base.session()).forEach((id, stored) -> {
                boolean live = stored.liveAt(base.revision().version());
                states.put(id, Pending.of(id, stored, live));
            });
        }
    }

    @Override
    public void reject(Revision revision) {
        begin(revision);
        if (!applied && divergedSince == null) {
            divergedSince = revision.version();
        }
    }

    @Override
    public void publish(Revision revision, String commitFile) {
        open();
        if (revision.compareTo(last) < 0) {
            throw new IllegalStateException("version %d of %s cannot be published: version %d is applied already"
                    .formatted(revision.version(), address(), last.version()));
        }
        target.standing();
        SessionTokens session = write();
        Standing moved = new Standing(revision, commitFile, layout, entities, divergedSince, session, base.recount());
        target.move(moved);
        open = false;
        last = revision;
        staging.clear();
    }

    private SessionTokens write() {
        SessionTokens[] session = {base.session()};
        staging.forEach((steps, states) -> {
            List<Pending> changed =
                    states.values().stream().filter(Pending::isToWrite).toList();
            session[0] = new WriteLoop(writes, session[0]).run(withLetterIds(changed), CommitWriter::decide);
            states.clear();
        });
        return session[0];
    }

    /// Whoever wrote there wrote what the same commits make of it, or later ones.
    private static @Nullable Pending decide(Pending state, Stored found) {
        return found.version() >= state.version() ? null : state.over(found);
    }

    private List<Pending> withLetterIds(List<Pending> changed) {
        int count = changed.stream().mapToInt(Pending::lettersWithoutId).sum();
        if (count == 0) {
            return changed;
        }
        long next = target.letters(count);
        List<Pending> numbered = new ArrayList<>(changed.size());
        for (Pending state : changed) {
            numbered.add(state.withLetterIds(next));
            next += state.lettersWithoutId();
        }
        return numbered;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                staging.close();
            } finally {
                ended.run();
            }
        }
    }

    private String address() {
        return container.calls().entity();
    }
}
