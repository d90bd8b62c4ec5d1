package dev.vitrine.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.rest.Browser.Page;
import dev.vitrine.rest.RestTestApplication.ChosenContracts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
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

/// Swagger UI as people use it, with the demo's login: in a real browser where there is one.
@ActiveProfiles("demo")
@SpringBootTest(classes = SwaggerUiTest.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class SwaggerUiTest {

    @TempDir
    static Path data;

    private final ChosenEntities entities;
    private final String address;

    SwaggerUiTest(@Autowired ChosenEntities entities, @LocalServerPort int port) {
        this.entities = entities;
        this.address = "http://127.0.0.1:" + port;
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("vitrine.data", data::toString);
    }

    @Test
    void peopleLogInAndTryARequestOut() throws Exception {
        Optional<Path> chromium = Browser.executable();
        assumeTrue(chromium.isPresent(), "needs Chromium on the path");
        entities.byKey.put(List.of("1"), "{\"customerId\":\"1\",\"segment\":\"MACHINERY\"}");

        try (Browser browser = Browser.start(chromium.get())) {
            Page page = browser.open(address + "/swagger-ui.html");
            page.until("document.querySelector('.title')?.innerText.includes('shop v2')");
            logIn(browser, page);
            page.click("#operations-customers-getCustomer .opblock-summary-control");
            // the key is filled in with the contract's example
            page.clickUntil(
                    "#operations-customers-getCustomer .execute",
                    "document.querySelector('.live-responses-table tbody .response-col_status')");
            page.evaluate("document.querySelector('.live-responses-table').scrollIntoView()");
            page.screenshot(Path.of("target", "swagger-ui.png"));

            assertThat(text(page, ".live-responses-table tbody .response-col_status"))
                    .startsWith("200");
            assertThat(text(page, ".live-responses-table tbody .response-col_description"))
                    .contains("MACHINERY");
        }
    }

    private static void logIn(Browser browser, Page page) throws Exception {
        page.click(".auth-wrapper .authorize");
        page.until("document.querySelector('.dialog-ux input[type=checkbox]')");
        // of the two flows the one with a login
        String flow =
                "[...document.querySelectorAll('.auth-container')].find(e => e.innerText.includes('authorizationCode'))";
        page.until(flow);
        page.evaluate(flow + ".querySelectorAll('input[type=checkbox]').forEach(box => box.click())");
        page.until(flow + ".querySelector('input[type=checkbox]').checked");
        page.evaluate(flow + ".querySelector('button.authorize').click()");
        Page login = browser.pageAt("/login");
        login.until("document.querySelector('input[name=username]')");
        login.evaluate("document.querySelector('input[name=username]').value = 'demo'");
        login.evaluate("document.querySelector('input[name=password]').value = 'demo'");
        login.evaluate("document.querySelector('form').submit()");
        page.until("[...document.querySelectorAll('.auth-container button')].some(e => e.innerText === 'Logout')");
        page.click(".dialog-ux .btn-done");
    }

    private static String text(Page page, String selector) throws Exception {
        return page.evaluate("document.querySelector('" + selector + "').innerText")
                .asString();
    }

    @EnableAutoConfiguration
    @ComponentScan({"dev.vitrine.rest", "dev.vitrine.access"})
    @ComponentScan(
            basePackages = "dev.vitrine.demo",
            useDefaultFilters = false,
            includeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern = "dev\\.vitrine\\.demo\\.AuthorizationServer"))
    static class Application {

        @Bean
        ChosenContracts contracts() {
            return new ChosenContracts();
        }

        @Bean
        ChosenEntities entities() {
            return new ChosenEntities();
        }
    }
}
