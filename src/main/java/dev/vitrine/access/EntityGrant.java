package dev.vitrine.access;

import dev.vitrine.entity.Filter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What one caller may see of one entity collection: the union of what the caller's roles open.
///
/// @param openings one per role of the caller that names the entity; empty: the collection is closed to the caller
public record EntityGrant(List<Opening> openings) {

    /// Nothing at all.
    static final EntityGrant CLOSED = new EntityGrant(List.of());

    public EntityGrant {
        openings = List.copyOf(openings);
    }

    /// Some rows, and what is shown of them.
    ///
    /// @param rows with the caller's claims filled in; [Filter#NONE] if a claim is missing or of the wrong type
    /// @param classes of fields, beside the public ones
    public record Opening(Filter rows, Set<String> classes) {
        public Opening {
            classes = Set.copyOf(classes);
        }
    }

    /// No role of the caller opens the collection.
    public boolean closed() {
        return openings.isEmpty();
    }

    /// The rows that the caller may see.
    public Filter rows() {
        return anyOf(openings);
    }

    /// All rows are open, so that it does no harm to tell that one exists.
    public boolean opensEveryRow() {
        return openings.stream().anyMatch(opening -> opening.rows().equals(Filter.ALL));
    }

    /// Whether fields of these classes are shown on at least some rows.
    public boolean everShows(Set<String> classes) {
        return classes.stream().noneMatch(name -> rowsShowing(Set.of(name)).equals(Filter.NONE));
    }

    /// The rows, of those that the caller may see, on which fields that need all of these classes are shown.
    public Filter rowsShowing(Set<String> classes) {
        List<Filter> parts = new ArrayList<>();
        for (String name : classes.stream().sorted().toList()) {
            Filter opened = anyOf(openings.stream()
                    .filter(opening -> opening.classes().contains(name))
                    .toList());
            if (opened.equals(Filter.NONE)) {
                return Filter.NONE;
            }
            if (!opened.equals(Filter.ALL)) {
                parts.add(opened);
            }
        }
        return parts.size() == 1 ? parts.getFirst() : new Filter.And(parts);
    }

    /// Whether fields of these classes are shown on every row that the caller may see.
    public boolean alwaysShows(Set<String> classes) {
        return classes.stream().allMatch(name -> openings.stream().allMatch(opening -> covered(opening.rows(), name)));
    }

    /// The classes shown on one row.
    ///
    /// @param meets whether the row meets a filter
    /// @return null if the caller may not see the row
    public @Nullable Set<String> classesOn(Predicate<Filter> meets) {
        Set<String> shown = null;
        for (Opening opening : openings) {
            if (opening.rows().equals(Filter.ALL) || meets.test(opening.rows())) {
                shown = shown == null ? new HashSet<>() : shown;
                shown.addAll(opening.classes());
            }
        }
        return shown;
    }

    private boolean covered(Filter rows, String name) {
        return rows.equals(Filter.NONE)
                || openings.stream()
                        .filter(opening -> opening.classes().contains(name))
                        .anyMatch(opening -> opening.rows().equals(Filter.ALL)
                                || opening.rows().equals(rows));
    }

    private static Filter anyOf(List<Opening> openings) {
        List<Filter> parts = openings.stream()
                .map(Opening::rows)
                .filter(rows -> !rows.equals(Filter.NONE))
                .distinct()
                .toList();
        if (parts.contains(Filter.ALL)) {
            return Filter.ALL;
        }
        return parts.size() == 1 ? parts.getFirst() : new Filter.Or(parts);
    }
}
