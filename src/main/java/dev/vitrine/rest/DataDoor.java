package dev.vitrine.rest;

import dev.vitrine.access.Callers;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Relation;
import dev.vitrine.query.Entities;
import dev.vitrine.query.EntityAnswer;
import dev.vitrine.query.InvalidQuery;
import dev.vitrine.query.Selection;
import dev.vitrine.rest.Routes.Route;
import dev.vitrine.rest.problem.BaseAddress;
import dev.vitrine.rest.problem.EntityTag;
import dev.vitrine.rest.problem.ProblemType;
import dev.vitrine.rest.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.filter.ServerHttpObservationFilter;

/// Answers requests for entities, what they are related to, and collections.
final class DataDoor {

    private static final String BATCH = "batchGet";

    private final Routes routes;
    private final Entities entities;
    private final CollectionDoor collections;
    private final MinimumVersion minimum;
    private final VersionUse use;
    private final InstantSource clock;

    DataDoor(Routes routes, Entities entities, BaseAddress base, VersionUse use, InstantSource clock) {
        this.routes = routes;
        this.use = use;
        this.clock = clock;
        this.entities = entities;
        this.collections = new CollectionDoor(entities, base);
        this.minimum = new MinimumVersion(entities);
    }

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ApiAddress address = ApiAddress.of(request.getRequestURI());
        Route route = routes.find(address.product(), address.version(), address.entity());
        String action = address.action();
        String key = address.key();
        String relation = address.relation();
        if (action != null) {
            batch(route, action, request, response);
        } else if (key == null) {
            collection(route, request, response);
        } else if (relation == null) {
            one(route, key, request, response);
        } else {
            related(route, key, routes.relation(route, relation), request, response);
        }
    }

    private void collection(Route route, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (starts(route, "", Methods.READING, route.entity(), request, response)) {
            collections.answer(
                    route,
                    route.entity(),
                    selection -> entities.list(route.product(), route.entity(), selection, Callers.current()),
                    request,
                    response);
        }
    }

    private void one(Route route, String keyText, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!starts(route, "/{key}", Methods.READING, route.entity(), request, response)) {
            return;
        }
        Accepts.choose(request, Format.OF_ENTITIES);
        List<String> key = ApiAddress.key(keyText, route.entity().key().size());
        Selection wanted = ofEntity(request);
        EntityAnswer answer =
                entities.get(route.product(), route.entity(), key, wanted.fields(), wanted.expand(), Callers.current());
        DataHeaders.state(response, answer.asOf());
        DataHeaders.send(
                request, response, found(answer, route.entity().name(), key, "").json());
    }

    private void related(
            Route route, String keyText, Relation relation, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        EntityType target = relation.target();
        if (!starts(route, "/{key}/" + relation.name(), Methods.READING, target, request, response)) {
            return;
        }
        List<String> key = ApiAddress.key(keyText, route.entity().key().size());
        String from = route.entity().name();
        if (relation.toMany()) {
            collections.answer(
                    route,
                    target,
                    selection -> {
                        EntityAnswer answer = related(route, key, relation, selection);
                        if (answer instanceof EntityAnswer.Many page) {
                            return page;
                        }
                        DataHeaders.state(response, answer.asOf());
                        throw missing(answer, from, key, "");
                    },
                    request,
                    response);
            return;
        }
        Accepts.choose(request, Format.OF_ENTITIES);
        EntityAnswer answer = related(route, key, relation, ofEntity(request));
        DataHeaders.state(response, answer.asOf());
        DataHeaders.send(
                request,
                response,
                found(answer, from, key, ", or nothing is behind its relation " + relation.name())
                        .json());
    }

    private EntityAnswer related(Route route, List<String> key, Relation relation, Selection selection) {
        return entities.related(route.product(), route.entity(), List.of(key), relation, selection, Callers.current())
                .getFirst();
    }

    private void batch(Route route, String action, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!action.equals(BATCH)) {
            throw ApiAddress.unknown();
        }
        if (!starts(route, ":" + BATCH, Methods.ASKING, route.entity(), request, response)) {
            return;
        }
        Accepts.choose(request, Format.OF_ENTITIES);
        Question question = Question.ofEntity(Parameters.of(request.getQueryString()));
        List<Refusal.Error> faults = new ArrayList<>(question.faults());
        Batch batch = Batch.read(request, route.entity(), faults);
        requireNone(faults);
        List<EntityAnswer> answers = entities.getAll(
                route.product(),
                route.entity(),
                batch.texts(),
                question.selection().fields(),
                question.selection().expand(),
                Callers.current());
        byte[] body = batch.answer(answers);
        DataHeaders.state(response, answers.getFirst().asOf());
        EntityTag.setPrivate(response);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /// What every request begins with; says whether there is something left to answer.
    ///
    /// @param type whose table's state the answer shows
    private boolean starts(
            Route route,
            String pattern,
            List<String> methods,
            EntityType type,
            HttpServletRequest request,
            HttpServletResponse response) {
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(context -> context.setPathPattern(route.pattern() + pattern));
        if (!Methods.allow(request, response, methods)) {
            return false;
        }
        use.count(route.product(), Callers.current().client());
        route.ending().tell(response, route.pattern(), clock.instant());
        minimum.await(route.product(), type, routes.retryAfter(route.product(), type), request, response);
        return true;
    }

    private static Selection ofEntity(HttpServletRequest request) {
        Question question = Question.ofEntity(Parameters.of(request.getQueryString()));
        requireNone(question.faults());
        return question.selection();
    }

    /// @param or what else can be the reason that there is none
    private static EntityAnswer.One found(EntityAnswer answer, String where, List<String> key, String or) {
        if (answer instanceof EntityAnswer.One one) {
            return one;
        }
        throw missing(answer, where, key, or);
    }

    private static Refusal missing(EntityAnswer answer, String where, List<String> key, String or) {
        String text = String.join(",", key);
        return switch (answer) {
            case EntityAnswer.None none ->
                new Refusal(ProblemType.UNKNOWN_KEY, "%s has no entity with the key %s%s.".formatted(where, text, or));
            case EntityAnswer.Withheld withheld ->
                new Refusal(
                        ProblemType.WITHHELD,
                        "%s has a row with the key %s, but its content breaks the contract.".formatted(where, text));
            case EntityAnswer.One one -> throw new IllegalStateException("an entity came as the answer for many");
            case EntityAnswer.Many many -> throw new IllegalStateException("a page came as the answer for one key");
        };
    }

    private static void requireNone(List<Refusal.Error> faults) {
        if (!faults.isEmpty()) {
            throw invalid(faults);
        }
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
