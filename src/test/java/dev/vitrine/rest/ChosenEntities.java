package dev.vitrine.rest;

import dev.vitrine.access.Caller;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.entity.Revision;
import dev.vitrine.query.AsOf;
import dev.vitrine.query.Entities;
import dev.vitrine.query.EntityAnswer;
import dev.vitrine.query.Selection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Entities by key in memory, and pages as a test wants them; keeps what it was asked.
final class ChosenEntities implements Entities {

    static final Revision REVISION = new Revision(1, 42, Instant.parse("2026-01-06T10:00:01.120Z"));
    static final AsOf AS_OF = new AsOf(REVISION, null);

    final Map<List<String>, String> byKey = new ConcurrentHashMap<>();
    volatile EntityAnswer.Many page = new EntityAnswer.Many(AS_OF, List.of(), null, null);
    volatile @Nullable RuntimeException failure;
    volatile @Nullable Selection asked;
    volatile @Nullable List<String> askedFields;
    volatile boolean withheld;
    volatile AsOf asOf = AS_OF;

    void reset() {
        byKey.clear();
        page = new EntityAnswer.Many(AS_OF, List.of(), null, null);
        failure = null;
        asked = null;
        askedFields = null;
        withheld = false;
        asOf = AS_OF;
    }

    static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public EntityAnswer get(
            DataProduct product, EntityType type, List<String> key, @Nullable List<String> fields, Caller caller) {
        fail();
        askedFields = fields;
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
        return page;
    }

    private void fail() {
        RuntimeException chosen = failure;
        if (chosen != null) {
            throw chosen;
        }
    }
}
