package dev.vitrine.query;

import dev.vitrine.access.EntityGrant;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.entity.Entity;
import dev.vitrine.entity.Revision;
import dev.vitrine.query.view.DocumentValues;
import dev.vitrine.store.Answer;
import dev.vitrine.store.Lookup;
import dev.vitrine.store.StoredTable;
import dev.vitrine.store.TableNotServed;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An entity collection as one caller may see it, and where it is stored.
record Opened(DataProduct product, EntityType type, EntityGrant grant, EntityFields fields, StoredTable table) {

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
    EntityAnswer without(Lookup lookup, Revision asOf) {
        return lookup instanceof Lookup.Withheld && grant.opensEveryRow()
                ? new EntityAnswer.Withheld(asOf)
                : new EntityAnswer.None(asOf);
    }

    /// The row as JSON in UTF-8.
    ///
    /// @param selected names to answer with; null: all that are shown
    byte[] render(Row row, @Nullable Set<String> selected) {
        return fields.projection(row.classes(), selected).render(row.entity());
    }

    /// The state that is served now.
    ///
    /// @throws EntitiesUnavailable if there is none
    Revision served() {
        return table.checkpoint()
                .orElseThrow(() -> new EntitiesUnavailable(Unloaded.reason(table), null))
                .revision();
    }

    /// Reads from the store.
    ///
    /// @throws EntitiesUnavailable if the table is not served
    <T> Answer<T> read(Function<StoredTable, Answer<T>> read) {
        try {
            return read.apply(table);
        } catch (TableNotServed e) {
            throw new EntitiesUnavailable(
                    table.checkpoint().isEmpty() ? Unloaded.reason(table) : String.valueOf(e.getMessage()), e);
        }
    }
}
