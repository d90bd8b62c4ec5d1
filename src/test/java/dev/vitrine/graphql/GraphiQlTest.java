package dev.vitrine.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.rest.Browser;
import dev.vitrine.rest.Browser.Page;
import dev.vitrine.store.EntityStore;
import dev.vitrine.store.embedded.EmbeddedStores;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// GraphiQL as people use it in the demo: in a real browser where there is one.
@ActiveProfiles("demo")
@SpringBootTest(classes = GraphiQlTest.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class GraphiQlTest {

    @TempDir
    static Path data;

    private final String address;
    private final Client anybody;

    GraphiQlTest(@LocalServerPort int port) {
        this.address = "http://127.0.0.1:" + port;
        this.anybody = new Client(port, "");
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("vitrine.data", data::toString);
    }

    @Test
    void comesFromTheServiceAlone() {
        assertThat(anybody.get("/graphiql").header("Location")).endsWith("/graphiql/index.html");
        String page = anybody.get("/graphiql/index.html").body();
        assertThat(page).doesNotContain("http://", "https://", "//cdn");
        for (String file : new String[] {
            "graphiql/graphiql.min.css",
            "graphiql/graphiql.min.js",
            "react/umd/react.production.min.js",
            "react-dom/umd/react-dom.production.min.js"
        }) {
            assertThat(page).contains('"' + file + '"');
            assertThat(anybody.get("/graphiql/" + file).status()).as(file).isEqualTo(200);
        }
        assertThat(anybody.get("/graphiql/products.json").body())
                .isEqualTo(
                        "[{\"address\":\"shop/v1\",\"scopes\":[\"shop:read\",\"shop:support\",\"shop:europe\",\"shop:orders\"]}]");
    }

    @Test
    void peopleRunAQueryWithoutLoggingIn() throws Exception {
        Optional<Path> chromium = Browser.executable();
        assumeTrue(chromium.isPresent(), "needs Chromium on the path");
        try (Browser browser = Browser.start(chromium.get())) {
            Page page = browser.open(address + "/graphiql/index.html");
            page.until("document.querySelector('.graphiql-execute-button')");
            page.clickUntil(
                    ".graphiql-execute-button",
                    "document.querySelector('.result-window')?.innerText.includes('Query')");
            page.screenshot(Path.of("target", "graphiql.png"));
        }
    }

    @EnableAutoConfiguration
    @ComponentScan({"dev.vitrine.graphql", "dev.vitrine.rest", "dev.vitrine.access", "dev.vitrine.query"})
    @ComponentScan(
            basePackages = "dev.vitrine.demo",
            useDefaultFilters = false,
            includeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern = "dev\\.vitrine\\.demo\\.(AuthorizationServer|GraphiQl)"))
    static class Application {

        @Bean
        ChosenContracts contracts() {
            return new ChosenContracts();
        }

        @Bean
        Shop shop(ChosenContracts contracts) {
            return new Shop(EmbeddedStores.open(data.resolve("store")), contracts);
        }

        @Bean
        EntityStore entityStore(Shop shop) {
            return shop.countingStore();
        }
    }
}
