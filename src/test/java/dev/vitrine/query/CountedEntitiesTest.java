package dev.vitrine.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Caller;
import dev.vitrine.access.EntityRead;
import dev.vitrine.access.Grants;
import dev.vitrine.access.LimitExceeded;
import dev.vitrine.access.Visit;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Relation;
import dev.vitrine.contract.Role;
import dev.vitrine.entity.Revision;
import dev.vitrine.query.Selection.Condition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

class CountedEntitiesTest {

    private static final Caller ADA = new Caller("ada", "app", Set.of("read"), Map.of());
    private static final Revision REVISION = new Revision(1, 42, Instant.parse("2026-01-06T10:00:00Z"));

    private final OneVisit visit = new OneVisit();
    private final Shop shop = new Shop(List.of(new Role("read", null, Set.of("money"), Map.of())));
    private final Pretended pretended = new Pretended();
    private final Entities entities = new CountedEntities(pretended, new Grants());

    @BeforeEach
    void begin() {
        SecurityContextHolder.setContext(new SecurityContextImpl(visit));
    }

    @AfterEach
    void end() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void oneEntityCostsAUnit() {
        entities.get(shop.product(), Shop.CUSTOMERS, List.of("1"), null, ADA);

        assertThat(visit.charged).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "20, 1", "21, 2", "200, 10", "0, 1", "-5, 1", "1000000, 10"})
    void aPageCostsByItsSizeWhateverIsFound(int limit, int units) {
        list(limit, false);

        assertThat(visit.charged).isEqualTo(units);
    }

    @Test
    void anExactCountCostsFiveMore() {
        list(20, true);

        assertThat(visit.charged).isEqualTo(6);
    }

    @Test
    void manyKeysCostAUnitForTwentyAndPagesBehindKeysOneEach() {
        entities.getAll(shop.product(), Shop.CUSTOMERS, Collections.nCopies(41, List.of("1")), null, List.of(), ADA);
        assertThat(visit.charged).isEqualTo(3);

        Relation orders = new Relation("orders", List.of(), List.of(), Shop.CUSTOMERS, true);
        Selection page = new Selection(List.of(), List.of(), 30, null, null, false);
        entities.edges(shop.product(), orders, Collections.nCopies(7, List.of("1")), page, ADA);
        assertThat(visit.charged).isEqualTo(3 + 7 * 2);

        entities.related(shop.product(), Shop.CUSTOMERS, List.of(List.of("1")), orders, page, ADA);
        assertThat(visit.charged).isEqualTo(17 + 2);
        assertThat(visit.noted)
                .containsExactly(
                        read(41, 41 * 8, Set.of("money")),
                        read(7, 7 * 8, Set.of("money")),
                        read(2, 2 * 8, Set.of("money")));
    }

    @Test
    void nothingIsReadThatCannotBePaidFor() {
        visit.refusal = new LimitExceeded(List.of("minute"), Duration.ofSeconds(3));

        assertThatThrownBy(() -> list(20, false)).isSameAs(visit.refusal);
        assertThat(pretended.asked).isZero();
    }

    @Test
    void nothingIsReadOutsideARequest() {
        SecurityContextHolder.clearContext();

        assertThatThrownBy(() -> list(20, false)).isInstanceOf(IllegalStateException.class);
        assertThat(pretended.asked).isZero();
    }

    @Test
    void notesWhatIsReadAndWhichClassesTheAnswerMayShow() {
        entities.get(shop.product(), Shop.CUSTOMERS, List.of("1"), null, ADA);
        entities.get(shop.product(), Shop.CUSTOMERS, List.of("1"), List.of("id", "name"), ADA);
        entities.get(shop.product(), Shop.CUSTOMERS, List.of("1"), List.of("place"), ADA);
        entities.list(
                shop.product(),
                Shop.CUSTOMERS,
                new Selection(
                        List.of(
                                new Condition("name", "name", Selection.Test.EQ, List.of("hidden")),
                                new Condition("balance.gt", "balance", Selection.Test.GT, List.of("7"))),
                        List.of(),
                        20,
                        null,
                        List.of("note"),
                        false),
                ADA);

        assertThat(visit.noted)
                .containsExactly(
                        read(1, 8, Set.of("money")),
                        read(1, 8, Set.of()),
                        read(1, 8, Set.of("money")),
                        read(2, 16, Set.of(), "name", "balance"));
    }

    @Test
    void notesThatSomebodyTried() {
        pretended.failure = new NotGranted(Set.of("read"));

        assertThatThrownBy(() -> list(20, false)).isSameAs(pretended.failure);

        assertThat(visit.noted).containsExactly(read(0, 0, Set.of("money")));
    }

    private EntityRead read(long rows, long bytes, Set<String> classes, String... filters) {
        DataProduct product = shop.product();
        return new EntityRead(product.name(), product.major(), "customers", rows, bytes, classes, List.of(filters));
    }

    private void list(int limit, boolean count) {
        entities.list(
                shop.product(), Shop.CUSTOMERS, new Selection(List.of(), List.of(), limit, null, null, count), ADA);
    }

    private static final class Pretended implements Entities {

        private static final byte[] JSON = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);

        private int asked;
        private @Nullable RuntimeException failure;

        @Override
        public EntityAnswer get(
                DataProduct product,
                EntityType type,
                List<String> key,
                @Nullable List<String> fields,
                List<String> expand,
                Caller caller) {
            ask();
            return new EntityAnswer.One(new AsOf(REVISION, null), JSON);
        }

        @Override
        public EntityAnswer.Many list(DataProduct product, EntityType type, Selection selection, Caller caller) {
            ask();
            return new EntityAnswer.Many(new AsOf(REVISION, null), List.of(JSON, JSON), null, null);
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
            return keys.stream()
                    .<EntityAnswer>map(key -> list(product, relation.target(), selection, caller))
                    .toList();
        }

        @Override
        public EntityEdges edges(DataProduct product, EntityType type, Selection selection, Caller caller) {
            ask();
            return new EntityEdges(
                    new AsOf(REVISION, null), List.of(new EntityEdges.Edge(JSON, () -> "cursor")), false, null);
        }

        @Override
        public List<EntityEdges> edges(
                DataProduct product, Relation relation, List<List<String>> keys, Selection selection, Caller caller) {
            return keys.stream()
                    .map(key -> edges(product, relation.target(), selection, caller))
                    .toList();
        }

        @Override
        public AsOf served(DataProduct product, EntityType type, Caller caller) {
            return new AsOf(REVISION, null);
        }

        @Override
        public List<String> visible(DataProduct product, EntityType type, Caller caller) {
            return List.of();
        }

        private void ask() {
            asked++;
            if (failure != null) {
                throw failure;
            }
        }
    }

    private static final class OneVisit extends AbstractAuthenticationToken implements Visit {

        private long charged;
        private final List<EntityRead> noted = new ArrayList<>();
        private @Nullable LimitExceeded refusal;

        OneVisit() {
            super(List.of());
        }

        @Override
        public Caller caller() {
            return ADA;
        }

        @Override
        public void charge(long units) {
            if (refusal != null) {
                throw refusal;
            }
            charged += units;
        }

        @Override
        public void settle(long units) {
            charged += units;
        }

        @Override
        public void note(EntityRead read) {
            noted.add(read);
        }

        @Override
        public Object getCredentials() {
            return "";
        }

        @Override
        public Object getPrincipal() {
            return ADA;
        }
    }
}
