package dev.vitrine.query;

import dev.vitrine.access.EntityRead;
import dev.vitrine.access.Grants;
import dev.vitrine.access.Visit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes what reads cost from the caller's plan, and notes them for the audit: to be used while a [Visit] is under way.
final class VisitToll implements Toll {

    private final ShownClasses classes;

    VisitToll(Grants grants) {
        this.classes = new ShownClasses(grants);
    }

    @Override
    public void charge(long units) {
        Visit.current().charge(units);
    }

    @Override
    public void note(Opened read, @Nullable Set<String> fields, long rows, long bytes) {
        Visit visit = Visit.current();
        List<String> names = fields == null ? null : List.copyOf(fields);
        visit.note(new EntityRead(
                read.product().name(),
                read.product().major(),
                read.type().name(),
                rows,
                bytes,
                classes.of(read.product(), read.type(), names, visit.caller()),
                List.of()));
    }
}
