package dev.vitrine.graphql;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.Role;
import dev.vitrine.graphql.Allowed.Opening;
import dev.vitrine.graphql.RevealedTo.Question;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// For random roles and row filters: whichever way a caller asks, by whichever door and in whichever form, he is told
/// exactly what he may know. By a field that he may not see nothing can be shown, filtered, sorted or counted.
@GraphQlTest
class RevealedTest {

    private static final int ROUNDS = 3;
    private static final DataProduct SHOP = ChosenContracts.SHOP.products().getFirst();
    private static final Predicate<JsonNode> ANY = row -> true;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final ChosenContracts contracts;
    private final int port;

    RevealedTest(@Autowired ChosenContracts contracts, @LocalServerPort int port) {
        this.contracts = contracts;
        this.port = port;
    }

    @AfterEach
    void asInTheBeginning() {
        contracts.choose(ChosenContracts.SHOP);
    }

    @Test
    void everyDoorAndFormTellsWhatTheRolesOpenAndNothingElse() {
        System.out.println("RevealedTest seed " + seed);
        Map<String, Map<String, JsonNode>> rows = everything();
        RandomRoles randomRoles = new RandomRoles(random, SHOP);
        for (int round = 0; round < ROUNDS; round++) {
            List<Opening> roles =
                    Stream.of("s0", "s1", "s2").map(randomRoles::role).toList();
            contracts.choose(with(roles.stream().map(Opening::role).toList()));
            for (int set = 1; set < 1 << roles.size(); set += 1 + random.nextInt(2)) {
                int chosen = set;
                List<Opening> held = IntStream.range(0, roles.size())
                        .filter(i -> (chosen >> i & 1) == 1)
                        .mapToObj(roles::get)
                        .toList();
                String scopes = held.stream().map(each -> each.role().scope()).collect(Collectors.joining(" "));
                RevealedTo caller = new RevealedTo(
                        Client.with(port, scopes),
                        new Allowed(held, rows),
                        random,
                        "seed %d, round %d: %s".formatted(seed, round, scopes));
                questions().forEach(caller::checkQuestion);
                rows.keySet().forEach(caller::checkKeys);
                caller.checkSort();
                caller.checkFields();
                caller.checkRelations();
            }
        }
    }

    private Map<String, Map<String, JsonNode>> everything() {
        Client support = Client.with(port, "shop:support");
        Map<String, Map<String, JsonNode>> rows = new LinkedHashMap<>();
        for (String collection : List.of("customers", "orders", "stores")) {
            Map<String, JsonNode> byKey = new LinkedHashMap<>();
            Told.byPages(support, RevealedTo.API + collection, "", 200)
                    .items()
                    .forEach(row -> byKey.put(RevealedTo.key(collection, row), row));
            rows.put(collection, byKey);
        }
        return rows;
    }

    private List<Question> questions() {
        BigDecimal balance = BigDecimal.valueOf(random.nextLong(-700, 900));
        long id = random.nextLong(60);
        return List.of(
                new Question("customers", "", "", false, ANY),
                new Question("orders", "", "", false, ANY),
                new Question("stores", "", "", false, ANY),
                new Question(
                        "customers",
                        "region=EUROPE&",
                        "filter: {region: {eq: \"EUROPE\"}},",
                        false,
                        row -> row.path("region").asString("").equals("EUROPE")),
                new Question(
                        "customers",
                        "balance.gte=%s&customerId.gt=%d&".formatted(balance, id),
                        "filter: {balance: {gte: %s}, customerId: {gt: %d}},".formatted(balance, id),
                        true,
                        row -> row.path("balance").decimalValue().compareTo(balance) >= 0
                                && row.path("customerId").asLong() > id),
                new Question(
                        "customers",
                        "balance.isNull=true&",
                        "filter: {balance: {isNull: true}},",
                        true,
                        row -> row.path("balance").isNull()),
                new Question(
                        "customers",
                        "balance.in=970.50,40.50&",
                        "filter: {balance: {in: [970.50, 40.50]}},",
                        true,
                        row -> List.of(1L, 32L).contains(row.path("customerId").asLong())));
    }

    private static Contracts with(List<Role> roles) {
        DataProduct product = new DataProduct(
                SHOP.name(),
                SHOP.major(),
                SHOP.version(),
                SHOP.status(),
                SHOP.id(),
                SHOP.description(),
                SHOP.location(),
                SHOP.entities(),
                roles,
                List.of(),
                SHOP.source());
        return new Contracts() {
            @Override
            public List<DataProduct> products() {
                return List.of(product);
            }

            @Override
            public List<GoldTable> tables() {
                return ChosenContracts.SHOP.tables();
            }
        };
    }
}
