package dev.vitrine.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a caller gets, already reduced to what the caller may see.
public sealed interface EntityAnswer {

    /// The state it was read at.
    AsOf asOf();

    /// One entity.
    ///
    /// @param json the object in UTF-8; must not be changed
    @SuppressWarnings("ArrayRecordComponent")
    record One(AsOf asOf, byte[] json) implements EntityAnswer {}

    /// There is none, or the caller may not see it: the two are not told apart.
    record None(AsOf asOf) implements EntityAnswer {}

    /// There is a row but it cannot be served: it is among the dead letters.
    record Withheld(AsOf asOf) implements EntityAnswer {}

    /// A page.
    ///
    /// @param items each one object in UTF-8
    /// @param nextCursor null on the last page
    /// @param total only if it was asked for
    record Many(
            AsOf asOf,
            List<byte[]> items,
            @Nullable String nextCursor,
            @Nullable Long total) implements EntityAnswer {}
}
