package dev.vitrine.rest;

import dev.vitrine.access.Callers;
import dev.vitrine.query.CursorExpired;
import dev.vitrine.query.Entities;
import dev.vitrine.query.EntitiesUnavailable;
import dev.vitrine.query.EntityAnswer;
import dev.vitrine.query.InvalidQuery;
import dev.vitrine.query.QueryTooExpensive;
import dev.vitrine.query.Selection;
import dev.vitrine.rest.Routes.Route;
import dev.vitrine.rest.problem.BaseAddress;
import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.filter.ServerHttpObservationFilter;

/// Answers requests for entities and collections.
final class DataDoor {

    private final Routes routes;
    private final Entities entities;
    private final BaseAddress base;

    DataDoor(Routes routes, Entities entities, BaseAddress base) {
        this.routes = routes;
        this.entities = entities;
        this.base = base;
    }

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ApiAddress address = ApiAddress.of(request.getRequestURI());
        Route route = routes.find(address.product(), address.version(), address.entity());
        String key = address.key();
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(
                        context -> context.setPathPattern(key == null ? route.pattern() : route.pattern() + "/{key}"));
        Accepts.requireJson(request);
        if (key == null) {
            collection(route, request, response);
        } else {
            one(route, key, request, response);
        }
    }

    private void one(Route route, String keyText, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        List<String> key = ApiAddress.key(keyText, route.entity().key().size());
        Question question = Question.ofEntity(Parameters.of(request.getQueryString()));
        if (!question.faults().isEmpty()) {
            throw invalid(question.faults());
        }
        EntityAnswer answer = entities.get(
                route.product(), route.entity(), key, question.selection().fields(), Callers.current());
        DataHeaders.state(response, answer.asOf());
        switch (answer) {
            case EntityAnswer.One one -> DataHeaders.send(request, response, one.json());
            case EntityAnswer.None none ->
                throw new Refusal(
                        ProblemType.UNKNOWN_KEY,
                        "%s has no entity with the key %s."
                                .formatted(route.entity().name(), String.join(",", key)));
            case EntityAnswer.Withheld withheld ->
                throw new Refusal(
                        ProblemType.WITHHELD,
                        "%s has a row with the key %s, but its content breaks the contract."
                                .formatted(route.entity().name(), String.join(",", key)));
            case EntityAnswer.Many many -> throw new IllegalStateException("a page came as the answer for one key");
        }
    }

    private void collection(Route route, HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean count = Preferences.count(request);
        Question question = Question.ofCollection(route.entity(), Parameters.of(request.getQueryString()), count);
        EntityAnswer.Many page = page(route, question);
        DataHeaders.state(response, page.asOf());
        String next = page.nextCursor();
        if (next != null) {
            response.setHeader("Link", NextLink.of(base.of(request), request, next));
        }
        Long total = page.total();
        if (total != null) {
            response.setHeader("Total-Count", total.toString());
            response.setHeader("Preference-Applied", "count=exact");
        }
        DataHeaders.send(request, response, PageBody.of(page.items(), next));
    }

    /// Asks even if the address is wrong already, so that the caller hears at once of everything that is.
    private EntityAnswer.Many page(Route route, Question question) {
        List<Refusal.Error> faults = question.faults();
        Selection selection = faults.isEmpty() ? question.selection() : smallest(question.selection());
        try {
            EntityAnswer.Many page = entities.list(route.product(), route.entity(), selection, Callers.current());
            if (faults.isEmpty()) {
                return page;
            }
            throw invalid(faults);
        } catch (InvalidQuery invalid) {
            List<Refusal.Error> all = new ArrayList<>(faults);
            all.addAll(errors(invalid));
            throw invalid(all);
        } catch (QueryTooExpensive | EntitiesUnavailable | CursorExpired notNow) {
            throw faults.isEmpty() ? notNow : invalid(faults);
        }
    }

    private static Selection smallest(Selection asked) {
        return new Selection(asked.conditions(), asked.sort(), 1, asked.cursor(), asked.fields(), false);
    }

    static Refusal invalid(List<Refusal.Error> errors) {
        String detail = errors.size() == 1
                ? errors.getFirst().parameter() + ": " + errors.getFirst().detail()
                : errors.size() + " parameters are wrong; see errors.";
        return new Refusal(ProblemType.INVALID_REQUEST, detail, errors);
    }

    static List<Refusal.Error> errors(InvalidQuery invalid) {
        return invalid.faults().stream()
                .map(fault -> new Refusal.Error(fault.parameter(), fault.code(), fault.detail()))
                .toList();
    }
}
