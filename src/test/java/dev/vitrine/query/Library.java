package dev.vitrine.query;

import dev.vitrine.access.Caller;
import dev.vitrine.access.Grants;
import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.Relation;
import dev.vitrine.contract.odcs.ContractsFolder;
import dev.vitrine.contract.odcs.Environment;
import dev.vitrine.entity.EntityChange;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import dev.vitrine.query.view.DocumentValues;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Origin;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.StoredTable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A product of authors, books and reviews; keeps which reads its tables were asked for.
final class Library {

    static final Contracts CONTRACTS = ContractsFolder.read(
            Path.of("src/test/resources/contracts/library"), new Environment(null, false, name -> null));
    static final DataProduct PRODUCT = CONTRACTS.product("library", 1).orElseThrow();
    static final EntityType AUTHORS = PRODUCT.entity("authors").orElseThrow();
    static final EntityType BOOKS = PRODUCT.entity("books").orElseThrow();
    static final EntityType REVIEWS = PRODUCT.entity("reviews").orElseThrow();
    static final Caller READER = caller("read");
    static final Caller INTERNAL = caller("internal");
    static final Caller EUROPEAN = caller("europe");

    /// `dim_author.getAll`, one line a read.
    final List<String> reads = new ArrayList<>();

    private final EntityStore store;
    final Entities entities;

    Library(EntityStore store) {
        this.store = store;
        EntityStore counting = proxy(EntityStore.class, store, "");
        entities = new StoredEntities(
                counting,
                CONTRACTS,
                new Grants(),
                new Cursors(new byte[32]),
                new ReadBudget(100_000, Duration.ofSeconds(5)));
    }

    static Caller caller(String... scopes) {
        return new Caller("ada", "notebook", Set.of(scopes), Map.of());
    }

    static Relation relation(EntityType type, String name) {
        return PRODUCT.relations(type).stream()
                .filter(relation -> relation.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// Serves these documents and no others; a key that is there twice is withheld.
    void load(EntityType type, List<String> documents) {
        GoldTable table = CONTRACTS.table(PRODUCT, type);
        Revision revision = new Revision(1, 7, Instant.parse("2026-01-06T10:00:01Z"));
        try (GenerationWriter writer = store.table(table).writer(1).rebuild(new Origin(table.name(), revision, ""))) {
            writer.add(documents.stream().map(text -> inserted(table, text)).toList());
            writer.seal();
            writer.swap();
        }
    }

    private static EntityChange.Upserted inserted(GoldTable table, String text) {
        byte[] document = text.getBytes(StandardCharsets.UTF_8);
        DocumentValues values = new DocumentValues(document);
        List<@Nullable Object> indexed = new ArrayList<>();
        table.indexed().forEach(column -> indexed.add(values.apply(column)));
        List<Object> key = table.key().stream()
                .map(column -> Objects.requireNonNull(values.apply(column)))
                .toList();
        return new EntityChange.Upserted(new EntityKey(key), document, indexed, true);
    }

    static String author(long id, String region) {
        return "{\"a_id\":%d,\"a_name\":\"A%d\",\"a_region\":\"%s\",\"a_pension\":9.50}".formatted(id, id, region);
    }

    static String book(String id, @Nullable Long author, @Nullable Long editor, String title) {
        return "{\"b_id\":\"%s\",\"b_author\":%s,\"b_editor\":%s,\"b_title\":\"%s\"}"
                .formatted(id, author, editor, title);
    }

    static String review(String book, long number, long stars) {
        return "{\"r_book\":\"%s\",\"r_number\":%d,\"r_stars\":%d}".formatted(book, number, stars);
    }

    @SuppressWarnings("unchecked")
    private <T> T proxy(Class<T> type, T real, String name) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            Object result;
            try {
                result = method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            if (result instanceof StoredTable table) {
                return proxy(StoredTable.class, table, table.table().name());
            }
            if (Set.of("get", "getAll", "page", "pages", "count", "counts").contains(method.getName())) {
                reads.add(name + "." + method.getName());
            }
            return result;
        });
    }
}
