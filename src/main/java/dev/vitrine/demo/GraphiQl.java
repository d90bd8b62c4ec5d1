package dev.vitrine.demo;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.Role;
import java.util.List;
import java.util.Objects;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.webjars.WebJarVersionLocator;

/// GraphiQL at `/graphiql`, from files of the application alone; it gets itself a token as the demo's client.
@RestController
@Profile("demo")
class GraphiQl implements WebMvcConfigurer {

    private static final String PAGE = "/graphiql/index.html";

    private final Contracts contracts;

    GraphiQl(Contracts contracts) {
        this.contracts = contracts;
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController("/graphiql", PAGE);
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/graphiql/*.html").addResourceLocations("classpath:/graphiql/");
        WebJarVersionLocator versions = new WebJarVersionLocator();
        for (String jar : List.of("graphiql", "react", "react-dom")) {
            String version = Objects.requireNonNull(versions.version(jar), jar);
            registry.addResourceHandler("/graphiql/" + jar + "/**")
                    .addResourceLocations("classpath:/META-INF/resources/webjars/%s/%s/".formatted(jar, version));
        }
    }

    /// What there is to ask, and as whom.
    @GetMapping("/graphiql/products.json")
    List<Choice> products() {
        return contracts.products().stream()
                .filter(product -> product.status() != DataProduct.Status.RETIRED)
                .map(product -> new Choice(
                        product.address(),
                        product.roles().stream().map(Role::scope).toList()))
                .toList();
    }

    /// @param address below `/api/`
    record Choice(String address, List<String> scopes) {}
}
