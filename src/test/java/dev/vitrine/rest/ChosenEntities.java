package dev.vitrine.rest;

import dev.vitrine.access.Caller;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.Relation;
import dev.vitrine.entity.Revision;
import dev.vitrine.openapi.MadeUpEntities;
import dev.vitrine.query.AsOf;
import dev.vitrine.query.Entities;
import dev.vitrine.query.EntityAnswer;
import dev.vitrine.query.EntityEdges;
import dev.vitrine.query.Selection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Entities by key in memory, and pages as a test wants them; keeps what it was asked.
final class ChosenEntities implements Entities, MadeUpEntities {

    static final Revision REVISION = new Revision(1, 42, Instant.parse("2026-01-06T10:00:01.120Z"));
    static final AsOf AS_OF = new AsOf(REVISION, null);

    final Map<List<String>, String> byKey = new ConcurrentHashMap<>();
    volatile EntityAnswer.Many page = new EntityAnswer.Many(AS_OF, List.of(), null, null);
    volatile @Nullable RuntimeException failure;
    volatile @Nullable Selection asked;
    volatile @Nullable List<String> askedFields;
    volatile @Nullable List<String> askedExpand;
    volatile @Nullable Function<Selection, EntityAnswer.Many> pages;
    volatile boolean withheld;
    volatile AsOf asOf = AS_OF;

    void reset() {
        byKey.clear();
        page = new EntityAnswer.Many(AS_OF, List.of(), null, null);
        pages = null;
        failure = null;
        asked = null;
        askedFields = null;
        askedExpand = null;
        withheld = false;
        asOf = AS_OF;
    }

    static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public EntityAnswer get(
            DataProduct product,
            EntityType type,
            List<String> key,
            @Nullable List<String> fields,
            List<String> expand,
            Caller caller) {
        fail();
        askedFields = fields;
        askedExpand = expand;
        if (withheld) {
            return new EntityAnswer.Withheld(asOf);
        }
        String json = byKey.get(key);
        return json == null ? new EntityAnswer.None(asOf) : new EntityAnswer.One(asOf, bytes(json));
    }

    @Override
    public EntityAnswer.Many list(DataProduct product, EntityType type, Selection selection, Caller caller) {
        asked = selection;
        fail();
        Function<Selection, EntityAnswer.Many> chosen = pages;
        return chosen == null ? page : chosen.apply(selection);
    }

    @Override
    public List<EntityAnswer> getAll(
            DataProduct product,
            EntityType type,
            List<List<String>> keys,
            @Nullable List<String> fields,
            List<String> expand,
            Caller caller) {
        return keys.stream()
                .map(key -> get(product, type, key, fields, expand, caller))
                .toList();
    }

    @Override
    public List<EntityAnswer> related(
            DataProduct product,
            EntityType type,
            List<List<String>> keys,
            Relation relation,
            Selection selection,
            Caller caller) {
        throw new UnsupportedOperationException("relations are followed over a real store");
    }

    @Override
    public EntityEdges edges(DataProduct product, EntityType type, Selection selection, Caller caller) {
        throw new UnsupportedOperationException("edges are read from a real store");
    }

    @Override
    public List<EntityEdges> edges(
            DataProduct product, Relation relation, List<List<String>> keys, Selection selection, Caller caller) {
        throw new UnsupportedOperationException("edges are read from a real store");
    }

    @Override
    public AsOf served(DataProduct product, EntityType type, Caller caller) {
        fail();
        return asOf;
    }

    @Override
    public List<String> visible(DataProduct product, EntityType type, Caller caller) {
        return type.allFields().stream().map(FieldPath::name).toList();
    }

    private void fail() {
        RuntimeException chosen = failure;
        if (chosen != null) {
            throw chosen;
        }
    }
}
