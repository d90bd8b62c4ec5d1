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
        return ends ? new Ending(deprecated, sunset, successor(product, entity, served)) : NONE;
    }

    private static @Nullable String successor(DataProduct product, EntityType entity, List<DataProduct> served) {
        return served.stream()
                .filter(other -> other.name().equals(product.name()) && other.major() > product.major())
                .filter(other -> other.entity(entity.name()).isPresent())
                .max(Comparator.comparingInt(DataProduct::major))
                .map(other -> ApiAddress.PREFIX + other.address() + '/' + entity.name())
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
