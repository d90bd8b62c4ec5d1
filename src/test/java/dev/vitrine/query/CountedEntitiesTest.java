package dev.vitrine.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Caller;
import dev.vitrine.access.LimitExceeded;
import dev.vitrine.access.Visit;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.entity.Revision;
import java.time.Duration;
import java.time.Instant;
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
    private final Shop shop = new Shop(List.of());
    private final Pretended pretended = new Pretended();
    private final Entities entities = new CountedEntities(pretended);

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

    private void list(int limit, boolean count) {
        entities.list(
                shop.product(), Shop.CUSTOMERS, new Selection(List.of(), List.of(), limit, null, null, count), ADA);
    }

    private static final class Pretended implements Entities {

        private int asked;

        @Override
        public EntityAnswer get(
                DataProduct product, EntityType type, List<String> key, @Nullable List<String> fields, Caller caller) {
            asked++;
            return new EntityAnswer.None(new AsOf(REVISION, null));
        }

        @Override
        public EntityAnswer.Many list(DataProduct product, EntityType type, Selection selection, Caller caller) {
            asked++;
            return new EntityAnswer.Many(new AsOf(REVISION, null), List.of(), null, null);
        }
    }

    private static final class OneVisit extends AbstractAuthenticationToken implements Visit {

        private long charged;
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
        public Object getCredentials() {
            return "";
        }

        @Override
        public Object getPrincipal() {
            return ADA;
        }
    }
}
