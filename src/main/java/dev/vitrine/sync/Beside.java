package dev.vitrine.sync;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.delta.FeedUnavailable;
import dev.vitrine.delta.TableMissing;
import dev.vitrine.delta.TableUnreadable;
import dev.vitrine.store.StoredTable;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows what is served while something newer is loaded, or held: in the form of the contract that it was loaded for,
/// which is the one that readers see.
final class Beside {

    private static final Logger log = LoggerFactory.getLogger(Beside.class);
    /// Nothing is hurried that long; the end of a load is not waited for here.
    private static final Duration NOTHING_TO_DO = Duration.ofSeconds(5);
    private static final Duration AT_MOST = Duration.ofSeconds(1);
    private static final Duration AT_LEAST = Duration.ofMillis(100);

    private final Following wanted;
    private final StoredTable stored;
    private final Supplier<Optional<GoldTable>> inForce;
    private final long token;
    private final Workshop shop;
    private final Following.Maker maker;
    private @Nullable Former known;

    /// An older form of the contract.
    private record Former(GoldTable table, Following following) {}

    /// @param wanted follows the form that is to be loaded
    /// @param inForce the form that readers see
    Beside(Following wanted, Supplier<Optional<GoldTable>> inForce, long token, Workshop shop, Following.Maker maker) {
        this.wanted = wanted;
        this.stored = wanted.stored();
        this.inForce = inForce;
        this.token = token;
        this.shop = shop;
        this.maker = maker;
    }

    /// Takes a step of what is served, whichever form it is in; returns how long to rest.
    Duration follow() throws InterruptedException {
        Optional<Following> former = former();
        if (former.isPresent()) {
            return step(former.get());
        }
        return stored.checkpoint().isPresent() && stored.coversLayout() ? step(wanted) : NOTHING_TO_DO;
    }

    /// The same where what is served is in an older form than the one wanted.
    Duration followFormer() throws InterruptedException {
        Optional<Following> former = former();
        return former.isPresent() ? step(former.get()) : NOTHING_TO_DO;
    }

    /// What is served in an older form; empty where it is in the one wanted, or nothing is served.
    Optional<Following> former() {
        if (stored.checkpoint().isEmpty() || stored.coversLayout()) {
            return Optional.empty();
        }
        GoldTable served =
                inForce.get().filter(table -> !table.equals(stored.table())).orElse(null);
        if (served == null) {
            return Optional.empty();
        }
        Former former = known;
        if (former == null || !former.table().equals(served)) {
            StoredTable old = shop.store().table(served);
            Look look = new Look(shop.deltaTables().open(served), old);
            former = new Former(served, maker.make(look, old.writer(token)));
            known = former;
        }
        return Optional.of(former.following());
    }

    private Duration step(Following served) throws InterruptedException {
        try {
            return switch (served.step()) {
                case Following.Progress.UpToDate upToDate -> pace();
                case Following.Progress.Further further -> Duration.ZERO;
                case Following.Progress.Stopped stopped -> NOTHING_TO_DO;
                case Following.Progress.Needs needs -> NOTHING_TO_DO;
            };
        } catch (TableMissing | TableUnreadable | FeedUnavailable meanwhile) {
            log.debug("{}: what is served cannot be followed", stored.table().address(), meanwhile);
            return NOTHING_TO_DO;
        }
    }

    /// As the contract promises, but not so seldom that the end of a load would be far from what is served.
    private Duration pace() {
        Duration promised = stored.table().pace().dividedBy(5);
        if (promised.compareTo(AT_LEAST) < 0) {
            return AT_LEAST;
        }
        return promised.compareTo(AT_MOST) < 0 ? promised : AT_MOST;
    }
}
