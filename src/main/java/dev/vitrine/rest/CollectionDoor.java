package dev.vitrine.rest;

import dev.vitrine.access.Callers;
import dev.vitrine.access.Visit;
import dev.vitrine.contract.EntityType;
import dev.vitrine.query.BudgetSpent;
import dev.vitrine.query.CursorExpired;
import dev.vitrine.query.Entities;
import dev.vitrine.query.EntitiesUnavailable;
import dev.vitrine.query.EntityAnswer;
import dev.vitrine.query.InvalidQuery;
import dev.vitrine.query.PageBody;
import dev.vitrine.query.QueryTooExpensive;
import dev.vitrine.query.Selection;
import dev.vitrine.rest.Routes.Route;
import dev.vitrine.rest.problem.BaseAddress;
import dev.vitrine.rest.problem.EntityTag;
import dev.vitrine.rest.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Answers with many entities: page by page, or as lines that are read a page at a time while they are sent.
final class CollectionDoor {

    private static final int PAGE_OF_LINES = 200;

    private final Entities entities;
    private final BaseAddress base;

    CollectionDoor(Entities entities, BaseAddress base) {
        this.entities = entities;
        this.base = base;
    }

    /// @param type of the entities
    /// @param read gives the page that a selection asks for
    void answer(
            Route route,
            EntityType type,
            Function<Selection, EntityAnswer.Many> read,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Format format = Accepts.choose(request, Format.OF_COLLECTIONS);
        Parameters parameters = Parameters.of(request.getQueryString());
        Question question = Question.ofCollection(type, parameters, Preferences.count(request));
        switch (format) {
            case JSON -> {
                EntityAnswer.Many page = first(read, question.selection(), question.faults());
                headers(request, response, page, true);
                DataHeaders.send(request, response, PageBody.of(page.items(), page.nextCursor()));
            }
            case JSONL, CSV -> {
                boolean onePage = parameters.raw().containsKey("limit");
                Selection selection =
                        onePage ? question.selection() : question.selection().limitedTo(PAGE_OF_LINES);
                List<Refusal.Error> faults = new ArrayList<>(question.faults());
                if (format == Format.CSV && !selection.expand().isEmpty()) {
                    faults.add(new Refusal.Error(
                            "expand", "unfit-form", "relations do not fit into columns: ask for application/jsonl"));
                }
                EntityAnswer.Many page = first(read, selection, faults);
                headers(request, response, page, onePage);
                EntityTag.setPrivate(response);
                response.setContentType(
                        format == Format.CSV ? "text/csv;header=present;charset=UTF-8" : format.toString());
                if (!request.getMethod().equals("HEAD")) {
                    CutOff.prepare(request, response);
                    send(
                            lines(format, route, type, selection),
                            page,
                            onePage,
                            selection,
                            read,
                            new PaidBytes(response.getOutputStream(), Visit.current()));
                }
            }
        }
    }

    private Lines lines(Format format, Route route, EntityType type, Selection selection) {
        return format == Format.CSV
                ? CsvLines.of(type, entities.visible(route.product(), type, Callers.current()), selection.fields())
                : Lines.ofJson();
    }

    /// The next page is read when the one before has been taken over by the connection, so that a slow caller holds one
    /// page in memory, not all.
    private static void send(
            Lines lines,
            EntityAnswer.Many first,
            boolean onePage,
            Selection selection,
            Function<Selection, EntityAnswer.Many> read,
            PaidBytes out)
            throws IOException {
        lines.start(out);
        EntityAnswer.Many page = first;
        while (true) {
            out.paid(selection.units());
            for (byte[] item : page.items()) {
                lines.write(item, out);
            }
            String next = page.nextCursor();
            if (onePage || next == null) {
                out.settle();
                return;
            }
            out.flush();
            out.pay();
            page = read.apply(selection.after(next));
        }
    }

    private void headers(
            HttpServletRequest request, HttpServletResponse response, EntityAnswer.Many page, boolean linked) {
        DataHeaders.state(response, page.asOf());
        String next = page.nextCursor();
        if (next != null && linked) {
            response.addHeader("Link", NextLink.of(base.of(request), request, next));
        }
        Long total = page.total();
        if (total != null) {
            response.setHeader("Total-Count", total.toString());
            response.addHeader("Preference-Applied", "count=exact");
        }
    }

    /// Asks even if the address is wrong already, so that the caller hears at once of everything that is.
    private static EntityAnswer.Many first(
            Function<Selection, EntityAnswer.Many> read, Selection asked, List<Refusal.Error> faults) {
        try {
            EntityAnswer.Many page = read.apply(faults.isEmpty() ? asked : smallest(asked));
            if (faults.isEmpty()) {
                return page;
            }
            throw DataDoor.invalid(faults);
        } catch (InvalidQuery invalid) {
            List<Refusal.Error> all = new ArrayList<>(faults);
            all.addAll(DataDoor.errors(invalid));
            throw DataDoor.invalid(all);
        } catch (QueryTooExpensive | EntitiesUnavailable | CursorExpired | BudgetSpent notNow) {
            throw faults.isEmpty() ? notNow : DataDoor.invalid(faults);
        }
    }

    private static Selection smallest(Selection asked) {
        return new Selection(
                asked.conditions(), asked.sort(), 1, asked.cursor(), asked.fields(), false, asked.expand());
    }
}
