package dev.vitrine.query;

import dev.vitrine.access.EntityGrant;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.entity.Entity;
import dev.vitrine.query.view.DocumentValues;
import dev.vitrine.store.Answer;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.StoreUnavailable;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.TableNotServed;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An entity collection as one caller may see it, and where it is stored.
record Opened(View view, EntityGrant grant) {

    /// The store cannot answer by this view.
    static final class NotStored extends RuntimeException {

        private final transient View view;

        NotStored(View view, TableNotServed cause) {
            super(cause);
            this.view = view;
        }

        View view() {
            return view;
        }

        /// What callers are told if there is no other view either.
        EntitiesUnavailable unavailable() {
            StoredTable table = view.table();
            return new EntitiesUnavailable(
                    table.checkpoint().isEmpty()
                            ? Unloaded.reason(table)
                            : String.valueOf(Objects.requireNonNull(getCause()).getMessage()),
                    this);
        }
    }

    /// A row that the caller may see.
    ///
    /// @param classes of the fields that are shown on it
    record Row(Entity entity, Set<String> classes) {

        /// Values of these fields as the Java types that they name, null where absent; null if one of the fields is not
        /// shown.
        @Nullable
        List<@Nullable Object> values(List<FieldPath> paths) {
            if (!paths.stream().allMatch(path -> classes.containsAll(path.classifications()))) {
                return null;
            }
            DocumentValues document = new DocumentValues(entity.document());
            return paths.stream()
                    .<@Nullable Object>map(path -> document.apply(EntityFields.column(path)))
                    .toList();
        }
    }

    DataProduct product() {
        return view.product();
    }

    EntityType type() {
        return view.type();
    }

    EntityFields fields() {
        return view.fields();
    }

    /// What the caller may see of an entity; null: nothing, not even that it is there.
    @Nullable
    Row see(Entity entity) {
        Set<String> classes = grant.classesOn(new RowTest(new DocumentValues(entity.document())));
        return classes == null ? null : new Row(entity, classes);
    }

    /// What the caller may see of each; null as in [#see].
    List<@Nullable Row> see(List<Lookup> lookups) {
        return lookups.stream()
                .<@Nullable Row>map(lookup -> lookup instanceof Lookup.Found found ? see(found.entity()) : null)
                .toList();
    }

    /// The answer for a key where the caller sees no row. Whether the caller may see a withheld row cannot be told
    /// without the row.
    EntityAnswer without(Lookup lookup, AsOf asOf) {
        return lookup instanceof Lookup.Withheld && grant.opensEveryRow()
                ? new EntityAnswer.Withheld(asOf)
                : new EntityAnswer.None(asOf);
    }

    /// The row as JSON in UTF-8.
    ///
    /// @param selected names to answer with; null: all that are shown
    byte[] render(Row row, @Nullable Set<String> selected) {
        return fields().projection(row.classes(), selected).render(row.entity());
    }

    /// The state that is served now.
    ///
    /// @throws EntitiesUnavailable if there is none, or the store cannot be reached
    AsOf served() {
        try {
            return view.table()
                    .checkpoint()
                    .map(AsOf::of)
                    .orElseThrow(() -> new EntitiesUnavailable(Unloaded.reason(view.table()), null));
        } catch (StoreUnavailable e) {
            throw outOfReach(e);
        }
    }

    /// Reads from the store.
    ///
    /// @throws NotStored if the table is not served as this view reads it
    /// @throws EntitiesUnavailable if the store cannot be reached
    <T> Answer<T> read(Function<StoredTable, Answer<T>> read) {
        try {
            return read.apply(view.table());
        } catch (TableNotServed e) {
            throw new NotStored(view, e);
        } catch (StoreUnavailable e) {
            throw outOfReach(e);
        }
    }

    private EntitiesUnavailable outOfReach(StoreUnavailable cause) {
        return new EntitiesUnavailable(
                view.table().table().address() + " cannot be read now; it is tried again all the time", cause);
    }
}
