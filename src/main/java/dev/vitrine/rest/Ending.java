package dev.vitrine.rest;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What callers of a collection are told about its end in their version, once the contract plans one (RFC 9745, RFC
/// 8594).
///
/// @param deprecated from when on they should move; null: not said
/// @param sunset from when on it is gone; null: not said
/// @param successor path of the same collection in the newest version; null: there is none
record Ending(
        @Nullable Instant deprecated,
        @Nullable Instant sunset,
        @Nullable String successor) {

    static final Ending NONE = new Ending(null, null, null);

    /// As `Sun, 03 Mar 2030 00:00:00 GMT`, and no other.
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /// @param served all product versions that are served
    static Ending of(DataProduct product, EntityType entity, List<DataProduct> served) {
        Instant deprecated = product.endOfSupport(entity).orElse(null);
        Instant sunset = product.endOfLife(entity).orElse(null);
        boolean ends = deprecated != null || sunset != null || product.status() == DataProduct.Status.DEPRECATED;
        String name = entity.name();
        return ends
                ? new Ending(
                        deprecated,
                        sunset,
                        successor(product, name, other -> other.entity(name).isPresent(), served))
                : NONE;
    }

    /// Of what a version answers beside its collections: it ends with the last of them.
    ///
    /// @param name last segment of its address
    static Ending of(DataProduct product, String name, List<DataProduct> served) {
        Instant deprecated = last(product, product::endOfSupport);
        Instant sunset = last(product, product::endOfLife);
        boolean ends = deprecated != null || sunset != null || product.status() == DataProduct.Status.DEPRECATED;
        return ends ? new Ending(deprecated, sunset, successor(product, name, other -> true, served)) : NONE;
    }

    /// Null: not all of them end.
    private static @Nullable Instant last(DataProduct product, Function<EntityType, Optional<Instant>> end) {
        List<Instant> ends = product.entities().stream()
                .map(end)
                .flatMap(Optional::stream)
                .sorted()
                .toList();
        return ends.size() < product.entities().size() ? null : ends.getLast();
    }

    private static @Nullable String successor(
            DataProduct product, String name, Predicate<DataProduct> has, List<DataProduct> served) {
        return served.stream()
                .filter(other -> other.name().equals(product.name()) && other.major() > product.major())
                .filter(has)
                .max(Comparator.comparingInt(DataProduct::major))
                .map(other -> ApiAddress.PREFIX + other.address() + '/' + name)
                .orElse(null);
    }

    /// Tells the caller.
    ///
    /// @param where of the collection, for people
    /// @throws Refusal once it is gone
    void tell(HttpServletResponse response, String where, Instant now) {
        if (deprecated != null) {
            response.setHeader("Deprecation", "@" + deprecated.getEpochSecond());
        }
        if (sunset != null) {
            response.setHeader("Sunset", HTTP_DATE.format(sunset));
        }
        if (successor != null) {
            response.addHeader("Link", "<" + successor + ">; rel=\"successor-version\"");
        }
        if (isOver(now)) {
            throw new Refusal(
                    ProblemType.RETIRED,
                    "%s is gone since %s%s."
                            .formatted(where, sunset, successor == null ? "" : "; move to " + successor));
        }
    }

    boolean isOver(Instant now) {
        return sunset != null && !now.isBefore(sunset);
    }
}
