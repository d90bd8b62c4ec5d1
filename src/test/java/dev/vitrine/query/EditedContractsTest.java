package dev.vitrine.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Caller;
import dev.vitrine.access.Grants;
import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.LoadedContracts;
import dev.vitrine.contract.Role;
import dev.vitrine.entity.EntityChange.Upserted;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.GenerationWriter;
import dev.vitrine.store.Origin;
import dev.vitrine.store.ReadBudget;
import dev.vitrine.store.embedded.EmbeddedStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests that meet an edit of the contract half-way.
class EditedContractsTest {

    private static final Caller CALLER = new Caller("me", "me", Set.of("read"), Map.of());
    private static final LoadedContracts OLD = contracts("old");
    private static final LoadedContracts NEW = contracts("new");

    private final Edited edited = new Edited();
    private EntityStore store;
    private Entities entities;

    @TempDir
    private Path folder;

    @BeforeEach
    void serveTheOldForm() {
        store = EmbeddedStores.open(folder);
        load(OLD, 7);
        entities = new StoredEntities(
                store, edited, new Grants(), new Cursors(new byte[] {1}), new ReadBudget(1000, Duration.ofSeconds(5)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aTableLoadedForTheNewFormIsAnsweredFromByTheNewForm() {
        assertThat(one(OLD)).isEqualTo("{\"id\":1,\"old\":\"x\"}");

        load(NEW, 8);
        assertThatThrownBy(() -> one(OLD)).isInstanceOf(EntitiesUnavailable.class);
        edited.instead = NEW;

        assertThat(one(OLD)).isEqualTo("{\"id\":1,\"new\":\"x\"}");
        assertThat(page(OLD)).containsExactly("{\"id\":1,\"new\":\"x\"}");
    }

    @Test
    void aRequestThatFoundTheOldFormIsAnsweredByTheOneInForce() {
        load(NEW, 8);
        edited.now = NEW;

        assertThat(one(OLD)).isEqualTo("{\"id\":1,\"new\":\"x\"}");
        assertThat(page(NEW)).containsExactly("{\"id\":1,\"new\":\"x\"}");
    }

    @Test
    void aRequestForWhatIsWithdrawnMeanwhileIsToldSo() {
        edited.now = new LoadedContracts(List.of(), List.of());

        assertThatThrownBy(() -> one(OLD))
                .isInstanceOf(EntitiesUnavailable.class)
                .hasMessageContaining("shop/v1 was withdrawn");
    }

    private String one(Contracts found) {
        EntityAnswer answer = entities.get(product(found), type(found), List.of("1"), null, CALLER);
        return new String(((EntityAnswer.One) answer).json(), StandardCharsets.UTF_8);
    }

    private List<String> page(Contracts found) {
        Selection all = new Selection(List.of(), List.of(), 10, null, null, false);
        return entities.list(product(found), type(found), all, CALLER).items().stream()
                .map(json -> new String(json, StandardCharsets.UTF_8))
                .toList();
    }

    private void load(Contracts form, long version) {
        GoldTable table = form.table(product(form), type(form));
        String column = table.columns().getLast().name();
        byte[] document = "{\"id\":1,\"%s\":\"x\"}".formatted(column).getBytes(StandardCharsets.UTF_8);
        Origin origin = new Origin("id", new Revision(1, version, Instant.EPOCH), "");
        try (GenerationWriter writer = store.table(table).writer(1).rebuild(origin)) {
            writer.add(List.of(new Upserted(EntityKey.of(1L), document, List.of(1L), true)));
            writer.seal();
            writer.swap();
        }
    }

    private static DataProduct product(Contracts contracts) {
        return contracts.products().getFirst();
    }

    private static EntityType type(Contracts contracts) {
        return product(contracts).entities().getFirst();
    }

    /// One collection with a key and one more field of that name.
    private static LoadedContracts contracts(String name) {
        Field id = field("id", new FieldType.IntegerType(false, null, null));
        EntityType type = new EntityType(
                "things",
                "Thing",
                "things",
                null,
                null,
                List.of(id, field(name, FieldType.StringType.any())),
                List.of(new FieldPath(List.of(id))),
                List.of(),
                List.of(),
                1);
        return LoadedContracts.of(List.of(new DataProduct(
                "shop",
                1,
                "1.0.0",
                DataProduct.Status.ACTIVE,
                "shop",
                null,
                "/nowhere",
                List.of(type),
                List.of(new Role("read", null, Set.of(), Map.of())),
                List.of(),
                Path.of("shop.odcs.yaml"))));
    }

    private static Field field(String name, FieldType type) {
        return new Field(name, name, type, false, false, null, null, null, List.of());
    }

    private static final class Edited implements Contracts {

        Contracts now = OLD;

        @Nullable
        Contracts instead;

        @Override
        public List<DataProduct> products() {
            return now.products();
        }

        @Override
        public List<GoldTable> tables() {
            return now.tables();
        }

        @Override
        public Contracts now() {
            return now;
        }

        @Override
        public Optional<Contracts> instead(DataProduct product, EntityType entity, GoldTable lacking) {
            return Optional.ofNullable(instead);
        }
    }
}
